import { createClient, createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { ConsoleClients } from "../console-clients.ts";

/** Clients of services that run in this very process. What is not given is `UNIMPLEMENTED`. */
export function serveConsole(
  targets: Partial<ServiceImpl<typeof TargetService>>,
  schemas: Partial<ServiceImpl<typeof SchemaService>> = {},
): ConsoleClients {
  const transport = createRouterTransport(({ service }) => {
    service(TargetService, targets);
    service(SchemaService, schemas);
  });
  return { targets: createClient(TargetService, transport), schemas: createClient(SchemaService, transport) };
}
