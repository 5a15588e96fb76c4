import { parentPort, workerData } from "node:worker_threads";
import { buildSchema } from "./build-schema.ts";

// The thread of `buildOffThread`: it is given sources, answers with the schema, and ends.
parentPort?.postMessage(buildSchema(workerData));
