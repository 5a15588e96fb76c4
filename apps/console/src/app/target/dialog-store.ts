import { createStore, type StoreApi } from "zustand/vanilla";

/** A dialog about targets. */
export type TargetDialogRequest =
  /** `address`: what was typed already. */
  | { readonly kind: "add"; readonly address: string }
  | { readonly kind: "edit" | "schema" | "remove"; readonly target: string };

/** The dialog that is open; undefined for none. */
export type DialogStore = StoreApi<{ readonly open: TargetDialogRequest | undefined }>;

/** Creates the store, with no dialog open. */
export function createDialogStore(): DialogStore {
  return createStore<{ readonly open: TargetDialogRequest | undefined }>(() => ({ open: undefined }));
}
