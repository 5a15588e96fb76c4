import { startEngineServer } from "@switchboard/server/testing/start-engine-server.ts";
import { type CompatMessages, type ServerUnderTest, suitePackage, tlsOptionsOf } from "./compat-messages.ts";
import { createConformanceService } from "./conformance-service.ts";

/** The default of the suite is no limit; this is far above any of its messages, in bytes. */
export const defaultMessageLimit = 16_777_216;

/** Creates a server with the suite's service, made of the product's own engine and port. */
export function createEngineServer({ registry }: CompatMessages): ServerUnderTest {
  const desc = registry.getService(`${suitePackage}.ConformanceService`);
  if (desc === undefined) {
    throw new Error("the suite's protos have no ConformanceService");
  }
  return {
    async start(request) {
      const tls = tlsOptionsOf(request);
      const { host, port } = await startEngineServer(
        // The types of a service that is only known at run time can't be told from each other.
        (router) => router.service(desc, createConformanceService(registry) as object),
        {
          readMaxBytes: request.messageReceiveLimit || defaultMessageLimit,
          jsonOptions: { ignoreUnknownFields: false, registry },
        },
        { tls },
      );
      return { host, port, ...(tls && request.serverCreds && { pemCert: request.serverCreds.cert }) };
    },
  };
}
