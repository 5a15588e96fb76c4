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
  /** Adds one about a field that the object at `at` lacks. */
  addMissing(kind: JsonIssue["kind"], at: number, missing: string, values: JsonIssue["values"]): void;
  /** Adds issues that count their places from `at`. */
  addFrom(at: number, issues: readonly JsonIssue[]): void;
  /** The issues so far, in the order of the text. */
  sorted(): readonly JsonIssue[];
  readonly length: number;
}

const none: readonly JsonIssue[] = [];

/** Creates an empty list. */
export function createIssueList(): IssueList {
  const issues: JsonIssue[] = [];
  return {
    add(kind, { from, to }, values = {}) {
      if (issues.length < maxIssues) {
        issues.push({ kind, from, to, values });
      }
    },
    addMissing(kind, at, missing, values) {
      if (issues.length < maxIssues) {
        issues.push({ kind, from: at, to: at + 1, missing, values });
      }
    },
    addFrom(at, others) {
      for (const issue of others.length === 0 ? others : others.slice(0, maxIssues - issues.length)) {
        issues.push({ ...issue, from: issue.from + at, to: issue.to + at });
      }
    },
    sorted: () => (issues.length === 0 ? none : issues.toSorted((a, b) => a.from - b.from)),
    get length() {
      return issues.length;
    },
  };
}
