import type { JsonReadOptions, JsonWriteOptions } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { type CommonTransportOptions, validateReadWriteMaxBytes } from "@connectrpc/connect/protocol";
import { createTransport as createConnectTransport } from "@connectrpc/connect/protocol-connect";
import { createTransport as createGrpcTransport } from "@connectrpc/connect/protocol-grpc";
import { createTransport as createGrpcWebTransport } from "@connectrpc/connect/protocol-grpc-web";
import { compressionGzip } from "@connectrpc/connect-node";
import type { FieldList } from "../net/http-exchange.ts";
import type { Wire } from "./gateway-target.ts";
import type { Upstream } from "./upstream/upstream.ts";
import { createUpstreamClient } from "./upstream-client.ts";

/** What `createUpstreamTransport` needs. */
export interface UpstreamTransportOptions {
  readonly upstream: Upstream;
  /** The protocol of the calls. */
  readonly wire: Wire;
  /** Fields for every call, in the place of its own of these names. Default: none. */
  readonly fields?: FieldList;
  /** The longest message to read, in bytes. Default: 4 GiB. */
  readonly readMaxBytes?: number;
  /** Default: those of Connect. */
  readonly jsonOptions?: Partial<JsonReadOptions & JsonWriteOptions>;
}

/** Only the path behind it leaves. */
const baseUrl = "http://upstream";

/**
 * Creates a transport for calls of our own to an upstream, in the binary format. Its calls fail with a fault's code and
 * message, and with the `UpstreamFault` as the cause. Streams both ways need an upstream of HTTP/2.
 */
export function createUpstreamTransport(options: UpstreamTransportOptions): Transport {
  const { upstream, wire, fields = [], readMaxBytes, jsonOptions } = options;
  const timeoutField = wire === "connect" ? "connect-timeout-ms" : "grpc-timeout";
  const common: CommonTransportOptions = {
    baseUrl,
    httpClient: createUpstreamClient({ upstream, baseUrl, timeoutField, fields }),
    useBinaryFormat: true,
    jsonOptions: jsonOptions ?? {},
    interceptors: [],
    acceptCompression: [compressionGzip],
    sendCompression: null,
    ...validateReadWriteMaxBytes(readMaxBytes, undefined, undefined),
  };
  switch (wire) {
    case "grpc":
      return createGrpcTransport(common);
    case "grpc-web":
      return createGrpcWebTransport(common);
    case "connect":
      return createConnectTransport(common);
  }
}
