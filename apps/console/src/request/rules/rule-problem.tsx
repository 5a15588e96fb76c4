import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Icon } from "../../ui/icon.tsx";
import classes from "./rule-problem.module.css";
import { maxCheckedLength, type RuleWatch } from "./rule-watch.ts";

/** Props of `RuleProblem`. */
export interface RuleProblemProps {
  readonly rules: RuleWatch;
}

/** Says why the rules of the schema are not checked, where they aren't. */
export function RuleProblem({ rules }: RuleProblemProps) {
  const { t, i18n } = useTranslation();
  const { problem } = useStore(rules.store);
  return (
    <div role="status" className={classes.problem} data-shown={problem !== undefined || undefined}>
      {problem === undefined ? null : (
        <>
          <Icon name="warning" />
          <span>
            {problem.kind === "tooLong"
              ? t("rules.tooLong", { replace: { limit: maxCheckedLength.toLocaleString(i18n.language) } })
              : t("rules.broken", { replace: { reason: problem.reason } })}
          </span>
        </>
      )}
    </div>
  );
}
