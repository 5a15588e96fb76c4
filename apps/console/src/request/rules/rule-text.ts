import type { TFunction } from "i18next";
import type { RuleAsk, RuleHint } from "./rule-hint.ts";

/** A rule as a sentence in the page's language. What comes from the schema stays as it is: show it as text alone. */
export function ruleText(t: TFunction, { scope, ask }: RuleHint): string {
  const rule = askText(t, ask);
  return scope === "value" ? rule : t(`rules.scope.${scope}`, { replace: { rule } });
}

function askText(t: TFunction, ask: RuleAsk): string {
  switch (ask.kind) {
    case "range":
      return ask.isOutside ? t("rules.outside", { replace: { ...ask } }) : t("rules.range", { replace: { ...ask } });
    case "in":
    case "notIn":
      return t(`rules.list.${ask.kind}`, { replace: { ...ask } });
    case "count":
      return t(`rules.count.${ask.bound}`, { replace: { unit: t(`rules.unit.${ask.unit}`), limit: ask.limit } });
    case "counts":
      return t("rules.count.between", { replace: { unit: t(`rules.unit.${ask.unit}`), low: ask.low, high: ask.high } });
    case "format":
      return t(`rules.format.${ask.format}`);
    case "oneOfFields":
      return t(`rules.fields.${ask.isRequired ? "one" : "atMostOne"}`, { replace: { fields: ask.fields } });
    case "cel":
      return ask.message === "" ? t("rules.computed", { replace: { expression: ask.expression } }) : ask.message;
    case "other":
      return `${ask.name}: ${ask.value}`;
    case "const":
    case "above":
    case "atLeast":
    case "below":
    case "atMost":
    case "pattern":
    case "prefix":
    case "suffix":
    case "contains":
    case "notContains":
    case "withinOfNow":
    case "example":
      return t(`rules.valued.${ask.kind}`, { replace: { value: ask.value } });
    default:
      return t(`rules.plain.${ask.kind}`);
  }
}
