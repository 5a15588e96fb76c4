import type { Registry } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import type { WireProtocol } from "../call/wire-protocol.ts";
import { maxTimerMs, withLongDeadlines } from "./long-deadlines.ts";

/** A protocol that fetch can carry. */
export type HttpProtocol = Exclude<WireProtocol, "websocket">;

/** What an HTTP transport works with. */
export interface HttpTransportOptions {
  /** The address that `/<Service>/<Method>` is put behind. */
  readonly baseUrl: string;
  readonly protocol: HttpProtocol;
  readonly fetch: typeof globalThis.fetch;
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
}

/** The longest deadline that a Connect header can hold: ten digits of milliseconds. */
const maxConnectTimeoutMs = 9_999_999_999;

/** The longest deadline that a `grpc-timeout` header can hold in milliseconds: eight digits. */
const maxGrpcTimeoutMs = 99_999_999;

/** Creates a transport for unary and server-streaming calls by Connect or gRPC-Web over HTTP. */
export function createHttpTransport({ baseUrl, protocol, fetch, registry }: HttpTransportOptions): Transport {
  const useBinaryFormat = protocol !== "connect-json";
  const options = { baseUrl, fetch, useBinaryFormat, jsonOptions: { registry }, interceptors: [codeParseFaults] };
  return protocol === "grpc-web"
    ? withGrpcDeadlines(createGrpcWebTransport(options))
    : withLongDeadlines(createConnectTransport(options), {
        name: "connect-timeout-ms",
        format: (timeoutMs) => String(Math.min(Math.ceil(timeoutMs), maxConnectTimeoutMs)),
        maxMs: maxTimerMs,
      });
}

/** Lets a transport with `grpc-timeout` headers take deadlines of any length. */
export function withGrpcDeadlines(transport: Transport): Transport {
  return withLongDeadlines(transport, { name: "grpc-timeout", format: formatGrpcTimeout, maxMs: maxGrpcTimeoutMs });
}

/** Connect-web throws what is wrong with a unary response's JSON without a code. */
const codeParseFaults: Interceptor = (next) => (request) =>
  next(request).catch((error: unknown) => {
    throw ConnectError.from(error, Code.InvalidArgument);
  });
