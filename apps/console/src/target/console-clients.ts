import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";

/** Clients of the services by which the page itself is served. */
export interface ConsoleClients {
  readonly targets: Client<typeof TargetService>;
  readonly schemas: Client<typeof SchemaService>;
}

/** Where those services are. */
export interface ConsoleClientsOptions {
  /** The address of the page's folder. */
  readonly baseUrl: string;
  /** Bears the server's token where one is needed. */
  readonly fetch: typeof globalThis.fetch;
}

/** Creates the clients; they speak Connect with binary messages. */
export function createConsoleClients({ baseUrl, fetch }: ConsoleClientsOptions): ConsoleClients {
  const transport = createConnectTransport({ baseUrl, fetch, useBinaryFormat: true });
  return { targets: createClient(TargetService, transport), schemas: createClient(SchemaService, transport) };
}
