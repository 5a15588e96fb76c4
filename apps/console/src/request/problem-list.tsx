import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import { issueText } from "./issue-text.ts";
import type { JsonIssue } from "./json/json-issue.ts";
import { lineColumnsAt } from "./line-column.ts";
import classes from "./problem-list.module.css";

/** Props of `ProblemList`. */
export interface ProblemListProps {
  readonly text: string;
  /** In the order of the text. */
  readonly issues: readonly JsonIssue[];
  /** Puts the caret where the problem is. */
  readonly onGoTo: (issue: JsonIssue) => void;
}

/** The most problems that are listed; the first ones matter most. */
const maxListed = 50;

/** What is wrong with the typed JSON, each with its place; a click leads there. */
export function ProblemList({ text, issues, onGoTo }: ProblemListProps) {
  const { t } = useTranslation();
  const listed = issues.slice(0, maxListed);
  const places = lineColumnsAt(
    text,
    listed.map(({ from }) => from),
  );
  return (
    <section className={classes.list} aria-label={t("issue.list")}>
      {listed.map((issue, position) => {
        const { line = 1, column = 1 } = places[position] ?? {};
        return (
          <button
            key={`${issue.from}:${issue.kind}:${issue.missing}:${issue.values.message}`}
            type="button"
            className={classes.problem}
            onClick={() => onGoTo(issue)}
          >
            <Icon name="warning" />
            <span className={classes.place}>{`${line}:${column}`}</span>
            <span>{issueText(t, issue)}</span>
          </button>
        );
      })}
      {issues.length > maxListed ? (
        <p className={classes.more}>{t("issue.more", { count: issues.length - maxListed })}</p>
      ) : null}
    </section>
  );
}
