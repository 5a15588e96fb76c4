import type { Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { UniversalClientFn } from "@connectrpc/connect/protocol";
import { createTransport as createConnectProtocolTransport } from "@connectrpc/connect/protocol-connect";
import { createTransport as createGrpcWebProtocolTransport } from "@connectrpc/connect/protocol-grpc-web";
import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import type { WireProtocol } from "../call/wire-protocol.ts";
import { maxTimerMs, withLongDeadlines } from "./long-deadlines.ts";
import { transportOptions } from "./transport-options.ts";

/** A protocol that fetch can carry. */
export type HttpProtocol = Exclude<WireProtocol, "websocket">;

/** What an HTTP transport works with. */
export interface HttpTransportOptions {
  /** The address that `/<Service>/<Method>` is put behind. */
  readonly baseUrl: string;
  readonly protocol: HttpProtocol;
  readonly httpClient: UniversalClientFn;
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
}

/** The longest deadline that a Connect header can hold: ten digits of milliseconds. */
const maxConnectTimeoutMs = 9_999_999_999;

/** The longest deadline that a `grpc-timeout` header can hold in milliseconds: eight digits. */
const maxGrpcTimeoutMs = 99_999_999;

/** Creates a transport for unary and server-streaming calls by Connect or gRPC-Web over HTTP. */
export function createHttpTransport({ baseUrl, protocol, httpClient, registry }: HttpTransportOptions): Transport {
  const useBinaryFormat = protocol !== "connect-json";
  const options = transportOptions({ baseUrl, httpClient, useBinaryFormat, registry });
  return protocol === "grpc-web"
    ? withGrpcDeadlines(createGrpcWebProtocolTransport(options))
    : withLongDeadlines(createConnectProtocolTransport(options), {
        name: "connect-timeout-ms",
        format: (timeoutMs) => String(Math.min(Math.ceil(timeoutMs), maxConnectTimeoutMs)),
        maxMs: maxTimerMs,
      });
}

/** Lets a transport with `grpc-timeout` headers take deadlines of any length. */
export function withGrpcDeadlines(transport: Transport): Transport {
  return withLongDeadlines(transport, { name: "grpc-timeout", format: formatGrpcTimeout, maxMs: maxGrpcTimeoutMs });
}
