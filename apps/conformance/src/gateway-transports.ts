import type { Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { silentTap } from "@switchboard/console/call/silent-tap.ts";
import { createHttpTransport } from "@switchboard/console/transport/http-transport.ts";
import { createWebSocketTransport } from "@switchboard/console/transport/websocket/websocket-transport.ts";
import { startTestApp } from "@switchboard/server/testing/start-test-app.ts";

/** How the page's calls travel to Switchboard. */
export type Way = "websocket" | "grpc-web";

/** Finds the transport to a server, which is a target of a Switchboard of its own. */
export type FindTransport = (address: string) => Promise<Transport>;

const targetName = "upstream";

/** A call of a method that no server of the suite has, as gRPC-Web. */
const knock = {
  path: "/switchboard.conformance.Nobody/Knock",
  type: "application/grpc-web+proto",
  body: new Uint8Array(5),
};

/** Creates what starts a Switchboard for each server, and makes the page's transport to it. */
export function createGatewayTransports(way: Way, registry: Registry): FindTransport {
  const gateways = new Map<string, Promise<string>>();
  return async (address) => {
    const starting = gateways.get(address) ?? startGateway(address);
    gateways.set(address, starting);
    const baseUrl = await starting;
    switch (way) {
      case "grpc-web":
        return createHttpTransport({ baseUrl, protocol: "grpc-web", fetch, registry });
      case "websocket":
        return createWebSocketTransport({
          baseUrl,
          webSocket: WebSocket,
          registry,
          tap: silentTap,
          nextTurn: setImmediate,
        });
    }
  };
}

/** Starts a Switchboard, and has it ask its target what it speaks before any call's deadline runs. Answers the target's URL. */
async function startGateway(address: string): Promise<string> {
  const { baseUrl } = await startTestApp({ flags: ["--target", `${targetName}=http://${address}`] });
  const url = `${baseUrl}/gateway/${targetName}`;
  const { path, type, body } = knock;
  const answer = await fetch(url + path, { method: "POST", headers: { "content-type": type }, body });
  await answer.arrayBuffer();
  return url;
}
