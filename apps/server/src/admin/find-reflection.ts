import { Code, ConnectError } from "@connectrpc/connect";
import type { Wire } from "../gateway/gateway-target.ts";
import type { Upstream } from "../gateway/upstream/upstream.ts";
import { createUpstreamTransport } from "../gateway/upstream-transport.ts";
import type { FieldList } from "../net/http-exchange.ts";
import { readReflection } from "../schema/reflection/read-reflection.ts";
import type { ReflectionConnection } from "../schema/reflection/reflection-stream.ts";
import type { FindReflectionOptions, FoundReflection } from "./test-target.ts";

/** How a target's reflection is reached. */
export interface ReflectionRoute {
  readonly upstream: Upstream;
  readonly wires: ReadonlySet<Wire>;
  /** The metadata of the calls. */
  readonly fields: FieldList;
}

/** Makes a connection to a target's reflection, in the first of its protocols that streams both ways. */
export function connectReflection({ upstream, wires, fields }: ReflectionRoute): ReflectionConnection {
  if (wires.has("grpc")) {
    return { transport: createUpstreamTransport({ upstream, wire: "grpc", fields }), duplex: "full" };
  }
  const wire = wires.has("connect") ? "connect" : "grpc-web";
  return { transport: createUpstreamTransport({ upstream, wire, fields }), duplex: "half" };
}

/**
 * Asks a target for its services.
 *
 * @throws ConnectError with what would mend it where the target doesn't tell them.
 */
export async function findReflection({ signal, ...route }: FindReflectionOptions): Promise<FoundReflection> {
  const { version, services, problem } = await readReflection(connectReflection(route), { signal });
  if (version === "") {
    throw new ConnectError(problem, Code.Unimplemented);
  }
  return { version, serviceCount: services.length };
}
