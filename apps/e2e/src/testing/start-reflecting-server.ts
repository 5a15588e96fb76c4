import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { type ToldSchema, tellSchema } from "./tell-schema.ts";

/** A gRPC server in this process, in plain text, that has reflection and nothing else. */
export interface ReflectingServer extends H2cServer {
  /** What it tells from now on. */
  told: ToldSchema;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startReflectingServer(told: ToldSchema): Promise<ReflectingServer> {
  const server: { told: ToldSchema } = { told };
  return Object.assign(server, await serveH2c((router) => tellSchema(router, () => server.told)));
}
