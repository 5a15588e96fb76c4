import { create, createFileRegistry, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { TlsOptions } from "@switchboard/server/net/port.ts";
import { startEngineServer } from "@switchboard/server/testing/start-engine-server.ts";
import { createConformanceService } from "./conformance-service.ts";

const suitePackage = "connectrpc.conformance.v1";

/** The default of the suite is no limit; this is far above any of its messages. */
const defaultMessageLimit = 16_777_216;

/** What the runner asks for, of `ServerCompatRequest`. */
interface CompatRequest extends Message {
  readonly useTls: boolean;
  readonly messageReceiveLimit: number;
  readonly serverCreds?: { readonly cert: Uint8Array; readonly key: Uint8Array };
  /** Who signs the clients' certificates; empty where they have none. */
  readonly clientTlsCert: Uint8Array;
}

/** A server with the suite's service, made of the product's own parts. */
export interface ServerUnderTest {
  /** Takes a `ServerCompatRequest`, listens as it asks, and answers a `ServerCompatResponse`. */
  start(request: Uint8Array): Promise<Uint8Array>;
}

/**
 * Creates a server under test.
 *
 * @param descriptors a `FileDescriptorSet` of the suite's protos
 */
export function createServerUnderTest(descriptors: Uint8Array): ServerUnderTest {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors));
  const message = (name: string): DescMessage => {
    const desc = registry.getMessage(`${suitePackage}.${name}`);
    if (desc === undefined) {
      throw new Error(`the suite's protos have no ${name}`);
    }
    return desc;
  };

  return {
    async start(bytes) {
      // The suite's own proto describes these properties.
      const request = fromBinary(message("ServerCompatRequest"), bytes) as CompatRequest;
      const creds = request.useTls ? request.serverCreds : undefined;
      const bound = await serve(request, creds);
      const response = { host: bound.host, port: bound.port, ...(creds && { pemCert: creds.cert }) };
      const desc = message("ServerCompatResponse");
      return toBinary(desc, create(desc, response));
    },
  };

  function serve(request: CompatRequest, creds: CompatRequest["serverCreds"]) {
    const desc = registry.getService(`${suitePackage}.ConformanceService`);
    if (desc === undefined) {
      throw new Error("the suite's protos have no ConformanceService");
    }
    return startEngineServer(
      // The types of a service that is only known at run time can't be told from each other.
      (router) => router.service(desc, createConformanceService(registry) as object),
      {
        readMaxBytes: request.messageReceiveLimit || defaultMessageLimit,
        jsonOptions: { ignoreUnknownFields: false, registry },
      },
      { tls: creds && tlsOptions(creds, request.clientTlsCert) },
    );
  }
}

function tlsOptions({ cert, key }: NonNullable<CompatRequest["serverCreds"]>, clientCa: Uint8Array): TlsOptions {
  const text = (pem: Uint8Array) => new TextDecoder().decode(pem);
  return { cert: text(cert), key: text(key), ...(clientCa.byteLength > 0 && { clientCa: text(clientCa) }) };
}
