import { useTranslation } from "react-i18next";
import classes from "./target-dot.module.css";
import type { TargetState } from "./target-state.ts";

/** Props of `TargetDot`. */
export interface TargetDotProps {
  readonly state: TargetState;
}

/** How a target stands: a coloured dot and its word. */
export function TargetDot({ state }: TargetDotProps) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-state={state}>
      {t(`target.state.${state}`)}
    </span>
  );
}
