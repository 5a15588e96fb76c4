import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import buttons from "../../ui/text-button.module.css";
import type { JsonDocument } from "../document/json-document.ts";
import { issueText } from "../issue-text.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { lineColumnAt } from "../line-column.ts";
import classes from "./form.module.css";
import { useFormSession } from "./form-session.ts";
import { type IssuePlace, issuePlace, placeLabel } from "./issue-place.ts";
import { rawRowId } from "./raw-row.tsx";

/** Props of `FormHead`. */
export interface FormHeadProps {
  readonly document: JsonDocument;
  readonly issues: readonly JsonIssue[];
  /** What was announced last; empty for nothing. */
  readonly notice: string;
}

/** The most issues that are listed; the first ones matter most. */
const maxListed = 50;

/** What the form is of, and what is wrong with its text, with the way to each fault. */
export function FormHead({ document, issues, notice }: FormHeadProps) {
  const { t } = useTranslation();
  const { subject, headId } = useFormSession();
  const [isListed, setListed] = useState(false);
  const fault = issues.find(({ kind }) => kind === "syntax" || kind === "tooDeep");
  const goTo = useGoTo(document);
  const [first] = issues;
  return (
    <>
      {fault === undefined ? null : <FaultBanner document={document} fault={fault} />}
      <div className={classes.head}>
        <h2 className={classes.headName} id={headId} tabIndex={-1} title={subject.input.typeName}>
          <bdi>{subject.input.typeName}</bdi>
        </h2>
        <span role="status" className={classes.notice}>
          {notice}
        </span>
        {first === undefined ? null : (
          <>
            <button type="button" className={buttons.button} onClick={() => goTo(first)}>
              {t("form.firstProblem")}
            </button>
            <button
              type="button"
              className={classes.problems}
              aria-expanded={isListed}
              onClick={() => setListed(!isListed)}
            >
              <Icon name="warning" />
              {t("form.problems", { count: issues.length })}
            </button>
          </>
        )}
      </div>
      {isListed && issues.length > 0 ? <IssueList document={document} issues={issues} onGoTo={goTo} /> : null}
    </>
  );
}

function FaultBanner({ document, fault }: { readonly document: JsonDocument; readonly fault: JsonIssue }) {
  const { t } = useTranslation();
  const { showInJson } = useFormSession();
  const { line, column } = lineColumnAt(document.text, fault.from);
  return (
    <div className={classes.banner} role="alert">
      <Icon name="warning" />
      <span>
        {t("form.notJson", { line, column })} <bdi>{issueText(t, fault)}</bdi>
      </span>
      <button type="button" className={buttons.button} onClick={() => showInJson(fault.from, fault.to)}>
        {t("form.showInJson")}
      </button>
    </div>
  );
}

interface IssueListProps {
  readonly document: JsonDocument;
  readonly issues: readonly JsonIssue[];
  readonly onGoTo: (issue: JsonIssue) => void;
}

function IssueList({ document, issues, onGoTo }: IssueListProps) {
  const { t } = useTranslation();
  const { subject, memory } = useFormSession();
  return (
    <section className={classes.issueList} aria-label={t("issue.list")}>
      {issues.slice(0, maxListed).map((issue) => {
        const at = issuePlace(issue, { document, subject, places: memory.places });
        return (
          <button
            key={`${issue.from}:${issue.kind}:${issue.missing ?? ""}:${issue.values.message ?? ""}`}
            type="button"
            className={classes.issueLink}
            onClick={() => onGoTo(issue)}
          >
            <code>
              <bdi>{(at && placeLabel(at, subject.many)) || subject.input.name}</bdi>
            </code>
            <bdi>{issueText(t, issue)}</bdi>
          </button>
        );
      })}
      {issues.length > maxListed ? (
        <p className={classes.empty}>{t("issue.more", { count: issues.length - maxListed })}</p>
      ) : null}
    </section>
  );
}

/** The id of the control that an issue is about. */
function controlOf({ place, raw, isKey, isOneof }: IssuePlace): string {
  if (raw !== undefined) {
    return rawRowId(place, raw);
  }
  if (isOneof === true) {
    return `${place.id}-oneof-none`;
  }
  return isKey === true ? `${place.id}-key` : place.id;
}

/** Leads to where an issue is shown: to its control in the form, or to its characters where it has none there. */
export function useGoTo(document: JsonDocument): (issue: JsonIssue) => void {
  const { subject, memory, reveal, showInJson } = useFormSession();
  return (issue) => {
    const at = issuePlace(issue, { document, subject, places: memory.places });
    if (at === undefined || issue.kind === "syntax" || issue.kind === "tooDeep") {
      showInJson(issue.from, issue.to);
    } else {
      reveal(at.place, controlOf(at));
    }
  };
}
