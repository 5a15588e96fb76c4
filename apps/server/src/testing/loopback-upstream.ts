import { type ConnectedUpstream, createUpstream, type UpstreamOptions } from "../gateway/upstream/create-upstream.ts";
import { createLoopbackDial } from "./dial-loopback.ts";

/** An upstream that a test closes by leaving its scope. */
export interface LoopbackUpstream extends ConnectedUpstream, Disposable {}

/** Creates an upstream to a port of this machine, in plain text unless its dial says otherwise. */
export function createLoopbackUpstream(port: number, options: Partial<UpstreamOptions> = {}): LoopbackUpstream {
  const upstream = createUpstream({
    dial: createLoopbackDial(port),
    scheme: "http",
    authority: `localhost:${port}`,
    keepaliveMs: undefined,
    ...options,
  });
  return { ...upstream, [Symbol.dispose]: upstream.close };
}
