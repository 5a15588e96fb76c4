import descriptorsUrl from "@switchboard/proto/gen/descriptors.binpb?url";
import { createCall } from "../call/create-call.ts";
import { createPostTask } from "../call/post-task.ts";
import { createTurns } from "../call/turns.ts";
import { createMessageSettings } from "../message/message-settings.ts";
import { createRuleWatch } from "../request/rules/rule-watch.ts";
import { createLocalSchema } from "../schema/local-schema.ts";
import { createConsoleClients } from "../target/console-clients.ts";
import { createSchemaStore, type SchemaStore } from "../target/schema-store.ts";
import { createTargetStore } from "../target/target-store.ts";
import { createHttpSlots } from "../transport/http-slots.ts";
import { createOpenTransport } from "../transport/page-transport.ts";
import { watchResourceTiming } from "../transport/resource-timing.ts";
import { withToken } from "../transport/with-token.ts";
import { createId } from "../ui/create-id.ts";
import { whenIdle } from "../ui/when-idle.ts";
import { createAccessToken } from "./access/access-token.ts";
import { exampleOf } from "./example-of.ts";
import { createLanguages } from "./languages/languages.ts";
import { createPaletteUsage } from "./palette/palette-usage.ts";
import { createPreferences } from "./preferences/preferences.ts";
import { preloadRooms } from "./preload-rooms.ts";
import { watchPresence } from "./presence/presence.ts";
import type { Services } from "./services.ts";
import { createTextStorage } from "./storage.ts";
import { createDialogStore } from "./target/dialog-store.ts";
import { followTarget } from "./target/follow-target.ts";
import { createAnswerStore } from "./workbench/answer-store.ts";
import { keepAnswers } from "./workbench/keep-answers.ts";
import { keepTabs, tabsKey } from "./workbench/keep-tabs.ts";
import { createSessions } from "./workbench/sessions.ts";
import { parseTabs } from "./workbench/tab-persistence.ts";
import { createWorkbench } from "./workbench/workbench-store.ts";

/** Wires everything the page works with. */
export async function createServices(): Promise<Services> {
  const baseUrl = new URL(".", document.baseURI).href;
  const storage = createTextStorage(() => localStorage);
  const languages = await createLanguages({
    storage,
    preferred: navigator.languages,
    root: document.documentElement,
  });
  const accessToken = createAccessToken({ storage: createTextStorage(() => sessionStorage), page: window });
  const pageFetch: typeof fetch = (input, init) => fetch(input, init);
  const clients = createConsoleClients({ baseUrl, fetch: withToken(pageFetch, accessToken.get) });
  const targets = createTargetStore(clients);
  const schemas = createSchemaStore({
    clients,
    local: createLocalSchema(),
    read: async (...answer) => (await import("../target/read-answer.ts")).readAnswer(...answer),
  });
  const stored = parseTabs(storage.read(tabsKey), (route) => exampleOf(schemas, route));
  const workbench = createWorkbench({ ...stored, createId });
  const turns = createTurns({ post: createPostTask(), now: () => performance.now() });
  const slots = createHttpSlots({ isMultiplexed });
  const openTransport = (target: string) =>
    createOpenTransport({
      baseUrl,
      target,
      token: accessToken.get,
      fetch: pageFetch,
      webSocket: WebSocket,
      slots,
      nextTurn: turns.next,
      watchTiming: (url) => watchResourceTiming(url, { observer: PerformanceObserver, clock: performance }),
    });
  const now = () => performance.timeOrigin + performance.now();
  const schedule = (callback: () => void) => void requestAnimationFrame(callback);
  const presence = watchPresence({
    isHealthy: () => isHealthy(new URL("healthz", baseUrl)),
    isHidden: () => document.hidden,
    page: document,
  });
  followTarget({ workbench, targets, schemas, clients, presence: presence.store });
  loadComments(schemas);
  preloadRooms(whenIdle);
  return {
    workbench,
    sessions: createSessions({
      createCall: (target) => createCall({ openTransport: openTransport(target), now, schedule, turns }),
      workbench,
      createRuleWatch: () => createRuleWatch({ whenIdle }),
      findMethod: ({ target, service, method }) => schemas.find(target)?.findMethod(service, method),
      answers: keepAnswers({ workbench, store: createAnswerStore(() => indexedDB), now, page: window }),
      onUnavailable: presence.check,
    }),
    keeping: keepTabs({ workbench, storage, page: window }),
    accessToken,
    preferences: createPreferences(storage),
    messageSettings: createMessageSettings(storage),
    presence,
    storage,
    languages,
    targets,
    schemas,
    paletteUsage: createPaletteUsage({ storage, now: Date.now }),
    dialogs: createDialogStore(),
    clients,
    nonce: document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "",
    baseUrl,
    commandKey: /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl",
  };
}

/** Whether the page itself came over a protocol that carries all requests on one connection. */
function isMultiplexed(): boolean {
  const [navigation] = performance.getEntriesByType("navigation");
  return navigation instanceof PerformanceNavigationTiming && /^h[23]/.test(navigation.nextHopProtocol);
}

const healthTimeoutMs = 5_000;

async function isHealthy(address: URL): Promise<boolean> {
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(healthTimeoutMs) });
  return response.ok;
}

/** Adds the comments of the built-in services when the page has nothing better to do. */
function loadComments(schemas: SchemaStore): void {
  const load = async () => {
    const [{ readLocalComments }, response] = await Promise.all([
      import("../schema/read-local-comments.ts"),
      fetch(new URL(descriptorsUrl, import.meta.url)),
    ]);
    const comments = readLocalComments(new Uint8Array(await response.arrayBuffer()));
    schemas.setLocal(createLocalSchema(comments));
  };
  // Comments are a help and no need: without them the page only says less.
  const loadQuietly = () => void load().catch(() => {});
  whenIdle(loadQuietly);
}
