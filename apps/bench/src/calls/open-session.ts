import { type ClientHttp2Session, connect } from "node:http2";

/** How long a server may say nothing, in milliseconds. */
const patienceMs = 30_000;

/** An HTTP/2 connection. Disposing of it destroys it, and what is open on it. */
export interface OpenSession extends Disposable {
  readonly session: ClientHttp2Session;
}

/** Opens a connection. When it breaks, or its server falls silent, the streams on it fail. */
export function openSession(origin: string): OpenSession {
  const session = connect(origin);
  // Each stream tells of it to whoever waits.
  session.on("error", () => {});
  session.setTimeout(patienceMs, () => session.destroy(new Error(`the server said nothing for ${patienceMs} ms`)));
  return { session, [Symbol.dispose]: () => session.destroy() };
}
