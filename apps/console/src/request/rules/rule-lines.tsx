import type { Registry } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import { describeRules } from "./describe-rules.ts";
import type { RuledDesc } from "./read-rules.ts";
import type { RuleAsk } from "./rule-hint.ts";
import classes from "./rule-lines.module.css";
import { ruleText } from "./rule-text.ts";

/** Props of `RuleLines`. */
export interface RuleLinesProps {
  /** For the descriptions of controls; nothing has it where there are no rules. */
  readonly id: string;
  readonly desc: RuledDesc;
  readonly registry: Registry;
  /** Places the lines in what is around them. */
  readonly className?: string | undefined;
}

/** What the schema asks of a field, a message or a oneof, before it is broken. A stranger's words, shown as text alone. */
export function RuleLines({ id, desc, registry, className = "" }: RuleLinesProps) {
  const { t } = useTranslation();
  const hints = describeRules(desc, registry);
  if (hints.length === 0) {
    return null;
  }
  return (
    <ul id={id} className={`${classes.rules} ${className}`} aria-label={t("rules.label")}>
      {hints.map((hint) => {
        const text = ruleText(t, hint);
        return (
          <li key={`${hint.scope} ${hint.ask.kind} ${text}`} title={expressionOf(hint.ask)}>
            <bdi>{text}</bdi>
          </li>
        );
      })}
    </ul>
  );
}

/** What is computed, behind the words for it. */
function expressionOf(ask: RuleAsk): string | undefined {
  return ask.kind === "cel" ? ask.expression : undefined;
}
