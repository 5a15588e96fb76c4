import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";

/** How messages are shown: what is remembered across reloads. */
export interface MessageSettings {
  /** Whether fields that were not on the wire are shown with their default value. */
  readonly showsDefaults: boolean;
  /** Whether enum values are shown by number and not by name. */
  readonly showsEnumNumbers: boolean;
  /** The columns of tables, by the full name of the rows' type, in their order: paths of JSON names with full stops. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
}

const settingsKey = "switchboard.messages";
/** The columns of so many types are remembered; the oldest are forgotten first. */
const mostTypes = 200;

const defaults: MessageSettings = { showsDefaults: true, showsEnumNumbers: false, columns: new Map() };

/** Where settings are kept. */
export interface SettingsStorage {
  read(key: string): string | undefined;
  write(key: string, text: string): boolean;
}

/** Creates the store of settings, read from `storage` and written back on each change. */
export function createMessageSettings(storage: SettingsStorage): StoreApi<MessageSettings> {
  const store = createStore<MessageSettings>(() => parseMessageSettings(storage.read(settingsKey)));
  store.subscribe(({ columns, ...settings }) => {
    const newest = [...columns].slice(-mostTypes);
    storage.write(settingsKey, JSON.stringify({ ...settings, columns: newest }));
  });
  return store;
}

/** Reads settings back; whatever is missing or of another kind has its default. */
export function parseMessageSettings(text: string | undefined): MessageSettings {
  let stored: Partial<Record<keyof MessageSettings, unknown>> = {};
  try {
    stored = { ...JSON.parse(text ?? "{}") };
  } catch {
    // Not ours, or cut off: the defaults serve.
  }
  return {
    showsDefaults: stored.showsDefaults !== false,
    showsEnumNumbers: stored.showsEnumNumbers === true,
    columns: new Map(Array.isArray(stored.columns) ? stored.columns.flatMap(toColumns) : []),
  };
}

function toColumns(entry: unknown): [string, readonly string[]][] {
  const [type, names] = Array.isArray(entry) ? entry : [];
  return typeof type === "string" && Array.isArray(names) ? [[type, names.map(String)]] : [];
}

const MessageSettingsContext = createContext<StoreApi<MessageSettings>>(createStore(() => defaults));

/** Hands the settings to the components within; without it they have the defaults, which are forgotten. */
export const MessageSettingsProvider = MessageSettingsContext.Provider;

/** The store of settings. */
export function useMessageSettingsStore(): StoreApi<MessageSettings> {
  return useContext(MessageSettingsContext);
}

/** What `select` reads of the settings. */
export function useMessageSettings<Part>(select: (settings: MessageSettings) => Part): Part {
  return useStore(useMessageSettingsStore(), select);
}
