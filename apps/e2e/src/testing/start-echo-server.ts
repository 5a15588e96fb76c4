import type { DescMethodUnary } from "@bufbuild/protobuf";
import { createValidator } from "@bufbuild/protovalidate";
import { readTestingSchema } from "@switchboard/console/schema/testing/testing-schema.ts";
import { createEchoService } from "./echo-service.ts";
import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { tellSchema } from "./tell-schema.ts";

/**
 * Starts a server of `proto/testing` in this process, with reflection: `switchboard.testing.v1.EchoService`, and two
 * services whose names are properties of every object.
 */
export async function startEchoServer(): Promise<H2cServer> {
  const { files, registry, service } = readTestingSchema();
  const echo = service("EchoService");
  const hostile = [service("__proto__"), service("valueOf")];
  const told = { files: files.file, services: [echo, ...hostile].map(({ typeName }) => typeName) };
  return serveH2c((router) => {
    tellSchema(router, () => told);
    router.service(echo, createEchoService(echo, createValidator({ registry })));
    for (const method of hostile.flatMap(({ methods }) => methods)) {
      if (method.methodKind === "unary") {
        router.rpc(method as DescMethodUnary, (request) => request);
      }
    }
  });
}
