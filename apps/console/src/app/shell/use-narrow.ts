import { useSyncExternalStore } from "react";

/** At this width and below, the tree is a drawer and the panes stack. */
const query = matchMedia("(max-width: 960px)");

/** Whether the page is too narrow for tree and panes side by side. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => query.matches);
}

function subscribe(listener: () => void): () => void {
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
