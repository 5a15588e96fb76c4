import { startTestApp } from "@switchboard/server/testing/start-test-app.ts";
import { type ServerUnderTest, tlsOptionsOf } from "./compat-messages.ts";
import { defaultMessageLimit } from "./engine-server.ts";

/** `PROTOCOL_GRPC` of `connectrpc.conformance.v1.Protocol`. */
const protocolGrpc = 2;

/** The server that a gateway carries calls to. */
export interface GatewayUpstream {
  readonly server: ServerUnderTest;
  /** The number in `HTTPVersion` of what it is asked to speak. */
  readonly httpVersion: number;
}

/**
 * Creates Switchboard with another server behind it, to which all calls of the suite go by `--proxy`. The limit of messages
 * is that server's to keep, and TLS is Switchboard's.
 */
export function createGatewayServer({ server, httpVersion }: GatewayUpstream): ServerUnderTest {
  return {
    async start(request) {
      const upstream = await server.start({
        protocol: protocolGrpc,
        httpVersion,
        useTls: false,
        clientTlsCert: new Uint8Array(),
        messageReceiveLimit: request.messageReceiveLimit || defaultMessageLimit,
      });
      const tls = tlsOptionsOf(request);
      const app = await startTestApp({ flags: ["--proxy", `http://${upstream.host}:${upstream.port}`], tls });
      return {
        host: "127.0.0.1",
        port: app.port,
        ...(tls && request.serverCreds && { pemCert: request.serverCreds.cert }),
      };
    },
  };
}
