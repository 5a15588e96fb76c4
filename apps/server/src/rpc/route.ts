import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ConnectRouterOptions, type MethodImplSpec } from "@connectrpc/connect";
import type { UniversalHandlerOptions } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import type { CodecName } from "./codec-name.ts";
import { type ChooseCompression, createChooseCompression } from "./compression.ts";
import { connectStreamProtocol, connectUnaryProtocol } from "./connect/protocol.ts";
import { grpcProtocol } from "./grpc/protocol.ts";
import { grpcWebProtocol } from "./grpc-web/protocol.ts";
import { bindImplementation, type Implementation } from "./implementation.ts";
import { createMessageCodecs, type MessageCodec } from "./message-codec.ts";
import type { JsonOptions, Protocol, WireForm } from "./protocol.ts";
import type { FindShutdownGroup, ShutdownGroup } from "./shutdown-groups.ts";

/** A method with everything that its calls share. */
export interface Route {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly method: DescMethod;
  readonly implementation: Implementation;
  readonly codecs: Readonly<Record<CodecName, MessageCodec>>;
  /** How compressions are chosen, for each wire form that the method takes. */
  readonly forms: ReadonlyMap<WireForm, ChooseCompression>;
  /** The HTTP methods that it takes. */
  readonly httpMethods: readonly string[];
  readonly jsonOptions: JsonOptions | undefined;
  readonly readMaxBytes: number;
  readonly compressMinBytes: number;
  readonly maxTimeoutMs: number;
  readonly requireConnectProtocolHeader: boolean;
  readonly requestGate: UniversalHandlerOptions["requestGate"];
  /** The calls that end when the server stops; undefined where they don't. */
  readonly shutdown: ShutdownGroup | undefined;
}

/** The most that a message may have, in bytes, where no limit is set: what its length prefix can tell. */
const maxMessageBytes = 0xffff_ffff;

/** The shortest message that is compressed by default, in bytes: below, there is nothing to win. */
const defaultCompressMinBytes = 1_024;

/**
 * Creates the route of a method.
 *
 * @throws ConnectError with `INVALID_ARGUMENT` for options that leave no protocol, and `INTERNAL` for limits out of
 * range.
 */
export function createRoute(
  spec: MethodImplSpec,
  options: ConnectRouterOptions,
  findShutdownGroup: FindShutdownGroup,
): Route {
  const { method } = spec;
  const readMaxBytes = checkLimit("readMaxBytes", options.readMaxBytes ?? maxMessageBytes);
  const writeMaxBytes = checkLimit("writeMaxBytes", options.writeMaxBytes ?? maxMessageBytes);
  const { input, output } = method;
  const { binaryOptions, jsonOptions } = options;
  const isSafe = method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    method,
    implementation: bindImplementation(spec, options.interceptors ?? []),
    codecs: createMessageCodecs({ input, output, binaryOptions, jsonOptions, readMaxBytes, writeMaxBytes }),
    forms: formsOf(method, options),
    httpMethods: isSafe && method.methodKind === "unary" && options.connect !== false ? ["POST", "GET"] : ["POST"],
    jsonOptions,
    readMaxBytes,
    compressMinBytes: options.compressMinBytes ?? defaultCompressMinBytes,
    maxTimeoutMs: options.maxTimeoutMs ?? Number.MAX_SAFE_INTEGER,
    requireConnectProtocolHeader: options.requireConnectProtocolHeader ?? false,
    requestGate: options.requestGate,
    shutdown: options.shutdownSignal && findShutdownGroup(options.shutdownSignal),
  };
}

function formsOf(method: DescMethod, options: ConnectRouterOptions): ReadonlyMap<WireForm, ChooseCompression> {
  const { acceptCompression = [compressionGzip, compressionBrotli] } = options;
  const connect = method.methodKind === "unary" ? connectUnaryProtocol : connectStreamProtocol;
  const protocols: Protocol[] = [
    ...(options.grpc === false ? [] : [grpcProtocol]),
    ...(options.grpcWeb === false ? [] : [grpcWebProtocol]),
    ...(options.connect === false ? [] : [connect]),
  ];
  if (protocols.length === 0) {
    throw new ConnectError(`no protocol is left for ${method.name}: each is switched off`, Code.InvalidArgument);
  }
  return new Map(
    protocols.map(({ form, requestFields }) => [
      form,
      createChooseCompression(acceptCompression, requestFields.acceptEncoding),
    ]),
  );
}

function checkLimit(name: string, bytes: number): number {
  if (bytes < 1 || bytes > maxMessageBytes) {
    throw new ConnectError(`${name} is ${bytes}, where 1 to ${maxMessageBytes} are possible`, Code.Internal);
  }
  return bytes;
}
