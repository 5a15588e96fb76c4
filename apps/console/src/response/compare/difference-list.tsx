import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import type { AnswerDifference } from "./compare-answers.ts";
import classes from "./difference-list.module.css";

/** Props of `DifferenceList`. */
export interface DifferenceListProps {
  readonly differences: readonly AnswerDifference[];
  /** What each answer is called, in their order. */
  readonly names: readonly string[];
  /** Whether differences of messages only count, since they are shown beside. Default: no. */
  readonly areMessagesBeside?: boolean;
}

/** In what answers differ: first what nothing explains, then what was to be expected, with the reason. */
export function DifferenceList({ differences, names, areMessagesBeside = false }: DifferenceListProps) {
  const { t } = useTranslation();
  const unexplained = differences.filter(({ expected }) => expected === undefined);
  const explained = differences.filter(({ expected }) => expected !== undefined);
  return (
    <section className={classes.list} aria-label={t("compare.differences")}>
      <p className={classes.verdict} data-same={unexplained.length === 0 || undefined}>
        <Icon name={unexplained.length === 0 ? "check" : "warning"} />
        {unexplained.length === 0 ? t("compare.agree") : t("compare.differ", { count: unexplained.length })}
      </p>
      <ul>
        {unexplained
          .filter(({ part }) => !areMessagesBeside || part !== "message")
          .map((difference) => (
            <DifferenceItem key={`${difference.part} ${difference.place}`} difference={difference} names={names} />
          ))}
      </ul>
      {explained.length === 0 ? null : (
        <details open={!areMessagesBeside}>
          <summary className={classes.caption}>{t("compare.explained", { count: explained.length })}</summary>
          <ul>
            {explained.map((difference) => (
              <DifferenceItem key={`${difference.part} ${difference.place}`} difference={difference} names={names} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

interface DifferenceItemProps {
  readonly difference: AnswerDifference;
  readonly names: readonly string[];
}

/** One difference: what it is of, each value with the answers that have it, and why it was to be expected. */
function DifferenceItem({ difference: { part, place, values, expected }, names }: DifferenceItemProps) {
  const { t } = useTranslation();
  const groups = new Map<string | undefined, string[]>();
  values.forEach((value, at) => {
    const group = groups.get(value) ?? [];
    group.push(names[at] ?? "");
    groups.set(value, group);
  });
  return (
    <li className={classes.item} data-expected={expected !== undefined || undefined}>
      <span className={classes.part}>
        {t(`compare.part.${part}`)} <bdi className={classes.place}>{place}</bdi>
      </span>
      <span className={classes.values}>
        {[...groups].map(([value, group]) => (
          <span key={String(value)} className={classes.value}>
            {value === undefined ? (
              <i>{t("compare.absent")}</i>
            ) : (
              <bdi className={classes.text}>
                {part === "framing"
                  ? t(`compare.framing.${value as "body"}`)
                  : value === ""
                    ? t("compare.empty")
                    : value}
              </bdi>
            )}
            <span className={classes.names}>{group.join(", ")}</span>
          </span>
        ))}
      </span>
      {expected === undefined ? null : <span className={classes.reason}>{t(`compare.expected.${expected}`)}</span>}
    </li>
  );
}
