import { Code, ConnectError } from "@connectrpc/connect";
import { codeFromHttpStatus, setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import { localTargetName } from "../net/call-path.ts";
import type { CallEngine } from "../rpc/call-engine.ts";
import { readCallForm } from "../rpc/call-form.ts";
import { createMemoryExchange, type MemoryResponse } from "../rpc/memory-exchange.ts";
import type { GatewayResponse, GatewayTarget } from "./target.ts";

const webType = /^application\/grpc-web(?:\+(proto|json))?$/;
const statusFields = ["grpc-status", "grpc-message", "grpc-status-details-bin"] as const;

/** Creates the target that this server's own services are. It hands calls to the engine as gRPC over HTTP/2. */
export function createLocalTarget(engine: CallEngine): GatewayTarget {
  return {
    name: localTargetName,
    async open({ path, header, body, signal, peer }) {
      const codec = codecOf(header.get("content-type") ?? "");
      const grpcHeader = new Headers(header);
      grpcHeader.set("content-type", `application/grpc+${codec}`);
      const form = readCallForm({ method: "POST", contentType: `application/grpc+${codec}`, target: path });
      const { exchange, response } = createMemoryExchange({ path, header: grpcHeader, body, signal, peer });
      engine.answer({ exchange, path, carrier: "websocket", form });
      return toGatewayResponse(await response, codec);
    },
  };
}

function codecOf(contentType: string): string {
  const match = webType.exec(contentType);
  if (match === null) {
    throw new ConnectError(
      "content-type must be application/grpc-web+proto or application/grpc-web+json",
      Code.InvalidArgument,
    );
  }
  return match[1] ?? "proto";
}

/** Moves the status of a trailers-only answer from its header, where gRPC has it, to the trailer. */
function toGatewayResponse(response: MemoryResponse, codec: string): GatewayResponse {
  const header = new Headers(response.header);
  const { trailer } = response;
  header.set("content-type", `application/grpc-web+${codec}`);
  for (const name of statusFields) {
    const value = header.get(name);
    if (value !== null) {
      header.delete(name);
      trailer.set(name, value);
    }
  }
  if (response.status !== 200 && !trailer.has("grpc-status")) {
    const error = new ConnectError(
      `the call was answered with HTTP ${response.status}`,
      codeFromHttpStatus(response.status),
    );
    setTrailerStatus(trailer, error);
  }
  return { header, trailer, body: response.body };
}
