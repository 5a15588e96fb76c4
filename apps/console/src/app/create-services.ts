import descriptorsUrl from "@switchboard/proto/gen/descriptors.binpb?url";
import { createStore } from "zustand/vanilla";
import { createCall } from "../call/create-call.ts";
import { createPostTask } from "../call/post-task.ts";
import { createTurns } from "../call/turns.ts";
import { exampleFor } from "../request/example.ts";
import type { CommentIndex } from "../schema/comments.ts";
import { findMethod } from "../schema/service-catalog.ts";
import { typeRegistry as registry } from "../schema/type-registry.ts";
import { createHttpSlots } from "../transport/http-slots.ts";
import { createOpenTransport } from "../transport/page-transport.ts";
import { createId } from "../ui/create-id.ts";
import { createAccessToken } from "./access/access-token.ts";
import { createLanguages } from "./languages/languages.ts";
import { createPreferences } from "./preferences/preferences.ts";
import { watchPresence } from "./presence/presence.ts";
import type { Services } from "./services.ts";
import { createTextStorage } from "./storage.ts";
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
  const stored = parseTabs(storage.read(tabsKey), ({ service, method }) => {
    const found = findMethod(service, method);
    return found === undefined ? "" : exampleFor(found);
  });
  const workbench = createWorkbench({ ...stored, createId });
  const turns = createTurns({ post: createPostTask(), now: () => performance.now() });
  const accessToken = createAccessToken({ storage: createTextStorage(() => sessionStorage), page: window });
  const openTransport = createOpenTransport({
    baseUrl,
    token: accessToken.get,
    fetch: (input, init) => fetch(input, init),
    webSocket: WebSocket,
    slots: createHttpSlots({ isMultiplexed }),
    nextTurn: turns.next,
    registry,
  });
  const now = () => performance.timeOrigin + performance.now();
  const schedule = (callback: () => void) => void requestAnimationFrame(callback);
  const presence = watchPresence({
    isHealthy: () => isHealthy(new URL("healthz", baseUrl)),
    isHidden: () => document.hidden,
    page: document,
  });
  return {
    workbench,
    sessions: createSessions({
      createCall: () => createCall({ openTransport, registry, now, schedule, turns }),
      registry,
      workbench,
      onUnavailable: presence.check,
    }),
    keeping: keepTabs({ workbench, storage, page: window }),
    accessToken,
    preferences: createPreferences(storage),
    presence,
    storage,
    languages,
    registry,
    comments: loadComments(),
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

function loadComments(): Services["comments"] {
  const store = createStore<{ readonly index: CommentIndex | undefined }>(() => ({ index: undefined }));
  const load = async () => {
    const [{ createCommentIndex }, response] = await Promise.all([
      import("../schema/comments.ts"),
      fetch(new URL(descriptorsUrl, import.meta.url)),
    ]);
    store.setState({ index: createCommentIndex(new Uint8Array(await response.arrayBuffer())) });
  };
  // Comments are a help and no need: without them the page only says less.
  const loadQuietly = () => void load().catch(() => {});
  "requestIdleCallback" in window ? requestIdleCallback(loadQuietly) : setTimeout(loadQuietly);
  return store;
}
