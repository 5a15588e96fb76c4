import { type ButtonHTMLAttributes, forwardRef } from "react";
import { Icon, type IconName } from "./icon.tsx";
import classes from "./icon-button.module.css";

/** Props of `IconButton`: those of a button, and what it shows. */
export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: IconName;
  /** Its accessible name, and its tooltip. */
  readonly label: string;
  /** Shown beside the icon. */
  readonly text?: string;
  /** Makes it a toggle. */
  readonly isPressed?: boolean;
  /** The key that does the same, shown in the tooltip. */
  readonly keys?: string;
}

/** A quiet button with an icon, and perhaps a word. */
export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { icon, label, text, isPressed, keys, ...rest },
  ref,
) {
  return (
    <button
      {...rest}
      ref={ref}
      type="button"
      className={classes.button}
      aria-label={label}
      aria-pressed={isPressed}
      title={keys === undefined ? label : `${label} (${keys})`}
    >
      <Icon name={icon} />
      {text === undefined ? null : <span aria-hidden="true">{text}</span>}
    </button>
  );
});
