import type { Registry } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { formatGrpcTimeout } from "@switchboard/wire/grpc-timeout.ts";
import { defaultCallOptions, type JsonDialect } from "../call/call-options.ts";
import type { HttpProtocol } from "./http-carriage.ts";
import { maxTimerMs, withLongDeadlines } from "./long-deadlines.ts";

/** What an HTTP transport works with. */
export interface HttpTransportOptions {
  /** The address that `/<Service>/<Method>` is put behind. */
  readonly baseUrl: string;
  readonly protocol: HttpProtocol;
  readonly fetch: typeof globalThis.fetch;
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
  /** How JSON is written and read, where the protocol carries JSON. Default: as in `defaultCallOptions`. */
  readonly json?: JsonDialect;
}

/** The longest deadline that a Connect header can hold: ten digits of milliseconds. */
const maxConnectTimeoutMs = 9_999_999_999;

/** The longest deadline that a `grpc-timeout` header can hold in milliseconds: eight digits. */
const maxGrpcTimeoutMs = 99_999_999;

/** Creates a transport for unary and server-streaming calls by Connect or gRPC-Web over HTTP. */
export function createHttpTransport({
  baseUrl,
  protocol,
  fetch,
  registry,
  json = defaultCallOptions.json,
}: HttpTransportOptions): Transport {
  const options = {
    baseUrl,
    fetch,
    useBinaryFormat: protocol !== "connect-json",
    jsonOptions: {
      registry,
      useProtoFieldName: json.protoFieldNames,
      enumAsInteger: json.enumsAsNumbers,
      alwaysEmitImplicit: json.emitDefaults,
      ignoreUnknownFields: json.ignoreUnknownFields,
    },
    interceptors: [codeParseFaults],
  };
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
