import { useTranslation } from "react-i18next";
import { issueText } from "../issue-text.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import classes from "./form.module.css";

/** Props of `IssueLines`. */
export interface IssueLinesProps {
  readonly id: string;
  readonly issues: readonly JsonIssue[];
}

/** What is wrong with a value, below it. */
export function IssueLines({ id, issues }: IssueLinesProps) {
  const { t } = useTranslation();
  if (issues.length === 0) {
    return null;
  }
  return (
    <div id={id} className={classes.issues}>
      {issues.map((issue, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: issues have no identity but their place.
        <p key={position} className={classes.issue}>
          <bdi>{issueText(t, issue)}</bdi>
        </p>
      ))}
    </div>
  );
}
