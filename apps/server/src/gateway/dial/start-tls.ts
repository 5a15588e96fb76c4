import { isIP, type Socket } from "node:net";
import { connect, type SecureContext, type TLSSocket } from "node:tls";

/** What `startTls` needs. */
export interface StartTlsOptions {
  /** The name that the certificate must have. Told to the server unless it is an IP address (RFC 6066, section 3). */
  readonly serverName: string;
  /** Whether anybody may answer, whatever their certificate. */
  readonly insecure: boolean;
  readonly context: SecureContext;
  readonly alpn: readonly string[];
  /** Gives the handshake up; then the promise rejects with the signal's reason. */
  readonly signal: AbortSignal;
}

/** Does the handshake over an open connection, which is closed where it fails: then it rejects with Node's error. */
export function startTls(socket: Socket, options: StartTlsOptions): Promise<TLSSocket> {
  const { serverName, insecure, context, alpn, signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const host = serverName.replace(/\.$/, "");
  const secured = connect({
    socket,
    host,
    servername: isIP(host) === 0 ? host : "",
    secureContext: context,
    ALPNProtocols: [...alpn],
    rejectUnauthorized: !insecure,
  });
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  if (signal.aborted) {
    onAbort();
  }
  secured.on("error", (error) => {
    reject(error);
    // Behind the handshake, as where TLS 1.3 tells that it wants a certificate, Node.js tells of an alert and leaves the
    // socket open; a session of HTTP/2 on it would never close.
    secured.destroy(error);
  });
  secured.once("secureConnect", () => resolve(secured));
  promise.catch(() => {
    secured.destroy();
    socket.destroy();
  });
  return promise.finally(() => signal.removeEventListener("abort", onAbort));
}
