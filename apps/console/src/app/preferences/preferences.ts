import { createStore, type StoreApi } from "zustand/vanilla";
import type { TextStorage } from "../storage.ts";

/** How the page is laid out: what is remembered across reloads. */
export interface Preferences {
  /** The tree's width in pixels. */
  readonly treeWidth: number;
  readonly isTreeShown: boolean;
  /** The request's share of the space for request and response, between 0 and 1. */
  readonly requestShare: number;
  readonly arrangement: "beside" | "stacked";
  /** How a request's message is edited. */
  readonly messageView: "form" | "json";
  /** Services that are folded in the tree, by full name. */
  readonly foldedServices: readonly string[];
}

const preferencesKey = "switchboard.layout";

const defaults: Preferences = {
  treeWidth: 312,
  isTreeShown: true,
  requestShare: 0.44,
  arrangement: "beside",
  messageView: "form",
  foldedServices: [
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
  ],
};

/** Creates the store of preferences, read from `storage` and written back on each change. */
export function createPreferences(storage: TextStorage): StoreApi<Preferences> {
  const store = createStore<Preferences>(() => parsePreferences(storage.read(preferencesKey)));
  store.subscribe((preferences) => storage.write(preferencesKey, JSON.stringify(preferences)));
  return store;
}

/** Reads preferences back; whatever is missing or out of range has its default. */
export function parsePreferences(text: string | undefined): Preferences {
  let stored: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    stored = { ...JSON.parse(text ?? "{}") };
  } catch {
    // Not ours, or cut off: the defaults serve.
  }
  const { treeWidth, requestShare, foldedServices } = stored;
  return {
    treeWidth: typeof treeWidth === "number" && treeWidth >= 160 && treeWidth <= 640 ? treeWidth : defaults.treeWidth,
    isTreeShown: stored.isTreeShown !== false,
    requestShare:
      typeof requestShare === "number" && requestShare >= 0.1 && requestShare <= 0.9
        ? requestShare
        : defaults.requestShare,
    arrangement: stored.arrangement === "stacked" ? "stacked" : defaults.arrangement,
    messageView: stored.messageView === "json" ? "json" : defaults.messageView,
    foldedServices: Array.isArray(foldedServices) ? foldedServices.map(String) : defaults.foldedServices,
  };
}
