import { createRegistry, type Registry } from "@bufbuild/protobuf";
import type { ServiceImplSpec } from "@connectrpc/connect";
import {
  createUniversalMethodHandler,
  type UniversalHandler,
  type UniversalHandlerOptions,
} from "@connectrpc/connect/protocol";
import { createHandlerFactory as createConnectFactory } from "@connectrpc/connect/protocol-connect";
import { createHandlerFactory as createGrpcFactory } from "@connectrpc/connect/protocol-grpc";
import { createHandlerFactory as createGrpcWebFactory } from "@connectrpc/connect/protocol-grpc-web";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { file_google_rpc_error_details } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { createFaultInterceptor } from "./fault-interceptor.ts";
import { type ShutdownSignals, shutdownSignalOf } from "./shutdown-signals.ts";

/** What `createHandlers` needs. */
export interface HandlersOptions {
  readonly services: readonly ServiceImplSpec[];
  readonly signals: ShutdownSignals;
  /** The longest message to read, in bytes, also after decompression. */
  readonly maxMessageBytes: number;
  /** What an `Any` in JSON may hold. Default: the error details of google.rpc. */
  readonly registry?: Registry;
}

/** The longest message to write, in bytes: 64 MiB. */
const maxWrittenMessageBytes = 67_108_864;

/**
 * Creates the handler of every method, by its path. Each takes the Connect, gRPC and gRPC-Web protocols. JSON with a
 * field that the schema lacks is refused: a typing error must not be taken for an empty field.
 */
export function createHandlers(options: HandlersOptions): ReadonlyMap<string, UniversalHandler> {
  const { services, signals, maxMessageBytes, registry = createRegistry(file_google_rpc_error_details) } = options;
  const common: Partial<UniversalHandlerOptions> = {
    acceptCompression: [compressionGzip, compressionBrotli],
    readMaxBytes: maxMessageBytes,
    writeMaxBytes: maxWrittenMessageBytes,
    jsonOptions: { ignoreUnknownFields: false, registry },
    interceptors: [createFaultInterceptor()],
  };
  const handlers = new Map<string, UniversalHandler>();
  for (const { methods } of services) {
    for (const method of Object.values(methods)) {
      const own = { ...common, shutdownSignal: shutdownSignalOf(method.method, signals) };
      const protocols = [createGrpcFactory(own), createGrpcWebFactory(own), createConnectFactory(own)];
      const handler = createUniversalMethodHandler(method, protocols);
      handlers.set(handler.requestPath, handler);
    }
  }
  return handlers;
}
