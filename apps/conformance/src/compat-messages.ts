import {
  create,
  createFileRegistry,
  type DescMessage,
  fromBinary,
  type Message,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { TlsOptions } from "@switchboard/server/net/port.ts";

/** The package of the suite's protos. */
export const suitePackage = "connectrpc.conformance.v1";

/** What the runner asks of a server, of `ServerCompatRequest`. */
export interface CompatRequest {
  /** A number of `Protocol`. */
  readonly protocol: number;
  /** A number of `HTTPVersion`. */
  readonly httpVersion: number;
  readonly useTls: boolean;
  /** The longest message that the server may take, in bytes; 0 for any. */
  readonly messageReceiveLimit: number;
  readonly serverCreds?: { readonly cert: Uint8Array; readonly key: Uint8Array };
  /** Who signs the clients' certificates; empty where they have none. */
  readonly clientTlsCert: Uint8Array;
}

/** Where a server is, of `ServerCompatResponse`. */
export interface CompatResponse {
  readonly host: string;
  readonly port: number;
  /** The certificate that clients are to trust; undefined in plain text. */
  readonly pemCert?: Uint8Array;
}

/** A server that the suite's clients can call. */
export interface ServerUnderTest {
  /** Listens as it is asked to, once, until the process ends. */
  start(request: CompatRequest): Promise<CompatResponse>;
}

/** Reads and writes the messages between a runner and a server. */
export interface CompatMessages {
  /** The types of the suite. */
  readonly registry: Registry;
  readRequest(bytes: Uint8Array): CompatRequest;
  writeRequest(request: CompatRequest): Uint8Array;
  readResponse(bytes: Uint8Array): CompatResponse;
  writeResponse(response: CompatResponse): Uint8Array;
}

/**
 * Creates what reads and writes those messages.
 *
 * @param descriptors a `FileDescriptorSet` of the suite's protos, which are compiled when the suite runs
 */
export function createCompatMessages(descriptors: Uint8Array): CompatMessages {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors));
  const request = messageOf(registry, "ServerCompatRequest");
  const response = messageOf(registry, "ServerCompatResponse");
  return {
    registry,
    // The suite's own protos describe the properties of both.
    readRequest: (bytes) => fromBinary(request, bytes) as CompatRequest & Message,
    writeRequest: (value) => toBinary(request, create(request, { ...value })),
    readResponse: (bytes) => fromBinary(response, bytes) as CompatResponse & Message,
    writeResponse: (value) => toBinary(response, create(response, { ...value })),
  };
}

/** A message of the suite. Throws where its protos have none of this name. */
export function messageOf(registry: Registry, name: string): DescMessage {
  const desc = registry.getMessage(`${suitePackage}.${name}`);
  if (desc === undefined) {
    throw new Error(`the suite's protos have no ${name}`);
  }
  return desc;
}

/** What a server of ours needs to serve in TLS as it is asked to; undefined where it is to serve in plain text. */
export function tlsOptionsOf({ useTls, serverCreds, clientTlsCert }: CompatRequest): TlsOptions | undefined {
  if (!useTls || serverCreds === undefined) {
    return undefined;
  }
  const text = (pem: Uint8Array) => new TextDecoder().decode(pem);
  const { cert, key } = serverCreds;
  return {
    cert: text(cert),
    key: text(key),
    ...(clientTlsCert.byteLength > 0 && { clientCa: text(clientTlsCert) }),
  };
}
