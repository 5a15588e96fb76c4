import type { i18n } from "i18next";
import { createContext, useContext } from "react";
import type { StoreApi } from "zustand/vanilla";
import type { MessageSettings } from "../message/message-settings.ts";
import type { ConsoleClients } from "../target/console-clients.ts";
import type { SchemaStore } from "../target/schema-store.ts";
import type { TargetStore } from "../target/target-store.ts";
import type { AccessToken } from "./access/access-token.ts";
import type { PaletteUsage } from "./palette/palette-usage.ts";
import type { Preferences } from "./preferences/preferences.ts";
import type { PresenceWatch } from "./presence/presence.ts";
import type { TextStorage } from "./storage.ts";
import type { DialogStore } from "./target/dialog-store.ts";
import type { Sessions } from "./workbench/sessions.ts";
import type { Workbench } from "./workbench/workbench-store.ts";

/** Everything outside React that the page works with: made once, by `createServices`. */
export interface Services {
  readonly workbench: Workbench;
  readonly sessions: Sessions;
  /** Whether what is typed could be stored the last time. */
  readonly keeping: StoreApi<{ readonly isKept: boolean }>;
  readonly accessToken: AccessToken;
  readonly preferences: StoreApi<Preferences>;
  /** How messages are shown. */
  readonly messageSettings: StoreApi<MessageSettings>;
  readonly presence: PresenceWatch;
  readonly storage: TextStorage;
  readonly languages: i18n;
  readonly targets: TargetStore;
  readonly schemas: SchemaStore;
  /** What is chosen in the command palette, and how often. */
  readonly paletteUsage: PaletteUsage;
  /** The dialog about targets that is open. */
  readonly dialogs: DialogStore;
  /** Of the services that serve the page itself. */
  readonly clients: ConsoleClients;
  /** For styles that are added to the page: the response's nonce of its Content-Security-Policy. */
  readonly nonce: string;
  /** The address under which the page and all methods stand; ends in a slash. */
  readonly baseUrl: string;
  /** What this platform calls its command key: `Ctrl` or `⌘`. */
  readonly commandKey: string;
}

const ServicesContext = createContext<Services | undefined>(undefined);

/** Hands the services to the components within. */
export const ServicesProvider = ServicesContext.Provider;

/** The page's services. */
export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) {
    throw new Error("useServices() needs a ServicesProvider around it");
  }
  return services;
}
