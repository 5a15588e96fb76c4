import { useMemo } from "react";
import { useStore } from "zustand";
import { useSelected } from "../../ui/use-snapshot.ts";
import type { JsonTree } from "../document/json-tree.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import { findPlace } from "./find-place.ts";
import { setOpen } from "./form-memory.ts";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";

const none: readonly JsonIssue[] = [];

/** The issues of a node itself; the same list while they say the same. */
export function useIssuesOf(tree: JsonTree | undefined): readonly JsonIssue[] {
  const { issues } = useFormSession();
  return useSelected(issues, ({ of }) => (tree && of.get(tree)) ?? none);
}

/** How many issues stand at a node and within it. */
export function useIssueCount(tree: JsonTree | undefined): number {
  const { issues } = useFormSession();
  return useSelected(issues, ({ within }) => (tree && within.get(tree)) ?? 0);
}

/** The characters of the value at a place; empty where there is none. */
export function useSourceText(place: FormPlace, tree: JsonTree | undefined): string {
  const { getDocument, subject } = useFormSession();
  return useMemo(() => {
    if (tree === undefined) {
      return "";
    }
    const document = getDocument();
    const found = findPlace(document, place, subject);
    return found?.tree === tree ? document.text.slice(found.from, found.from + tree.length) : "";
  }, [getDocument, subject, place, tree]);
}

/** Whether what stands at a place is open, and the way to change that. */
export function useOpen(
  place: FormPlace,
  byDefault: boolean,
): readonly [isOpen: boolean, set: (isOpen: boolean) => void] {
  const { view } = useFormSession().memory;
  const isOpen = useStore(view, ({ open }) => open.get(place) ?? byDefault);
  return [isOpen, (next) => setOpen(view, place, next)];
}

/** Leads to the value at a place in the JSON editor. */
export function useShowInJson(place: FormPlace): () => void {
  const { getDocument, subject, showInJson } = useFormSession();
  return () => {
    const found = findPlace(getDocument(), place, subject);
    if (found !== undefined) {
      showInJson(found.from, found.from + found.tree.length);
    }
  };
}
