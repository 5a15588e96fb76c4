import type { JsonIssue } from "./json-issue.ts";

/** The most issues that are told of one text: 100. Whoever has more doesn't read them all. */
export const maxIssues = 100;

/** Collects issues up to `maxIssues`. */
export interface IssueList {
  add(
    kind: JsonIssue["kind"],
    place: { readonly from: number; readonly to: number },
    values?: JsonIssue["values"],
  ): void;
  /** The issues so far, in the order of the text. */
  sorted(): JsonIssue[];
  readonly length: number;
}

/** Creates an empty list. */
export function createIssueList(): IssueList {
  const issues: JsonIssue[] = [];
  return {
    add(kind, { from, to }, values = {}) {
      if (issues.length < maxIssues) {
        issues.push({ kind, from, to, values });
      }
    },
    sorted: () => issues.toSorted((a, b) => a.from - b.from),
    get length() {
      return issues.length;
    },
  };
}
