import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { createLogger } from "@switchboard/server/log/create-logger.ts";
import { startEngineServer } from "@switchboard/server/testing/start-engine-server.ts";
import { announce } from "./listen.ts";
import { unpacedStream } from "./unpaced-stream.ts";

// The product's port and engine with its log on, serving a stream that isn't paced: those of its own services are.

const { port } = await startEngineServer(
  (router) => router.service(demo, { testClientRecvStream: unpacedStream }),
  {},
  { log: createLogger("info") },
);
announce(port);
