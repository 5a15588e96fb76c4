import type { WireTap } from "./wire-tap.ts";

/** Listens to nothing: for calls of which only what comes of them counts. */
export const silentTap: WireTap = {
  requestStarted: () => undefined,
  connected: () => undefined,
  requestMessage: () => undefined,
  accepted: () => undefined,
  responseHeaders: () => undefined,
  responseMessage: () => undefined,
  responseTrailers: () => undefined,
};
