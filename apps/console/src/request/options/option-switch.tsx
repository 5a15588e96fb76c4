import { useId } from "react";
import classes from "./options-panel.module.css";

/** Props of `OptionSwitch`. */
export interface OptionSwitchProps {
  readonly label: string;
  /** What it does when it is on, where the label alone does not say. */
  readonly hint?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

/** An option that is on or off. */
export function OptionSwitch({ label, hint, isOn, onChange }: OptionSwitchProps) {
  const id = useId();
  return (
    <div className={classes.switch}>
      <input
        type="checkbox"
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        checked={isOn}
        onChange={({ currentTarget: { checked } }) => onChange(checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className={classes.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
