import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type CompatMessages, createCompatMessages, type ServerUnderTest } from "./compat-messages.ts";
import { createEngineServer } from "./engine-server.ts";
import { createGatewayServer } from "./gateway-server.ts";
import { createProgramServer } from "./program-server.ts";
import { readSizeDelimited, writeSizeDelimited } from "./size-delimited.ts";

/*
 * The program that the suite's runner starts: it reads one ServerCompatRequest from standard input, answers one
 * ServerCompatResponse on standard output, and serves until it is told to stop or its runner is gone.
 *
 * `server.ts DESCRIPTORS` is the product's engine; with `--gateway`, Switchboard with that engine behind it, or with
 * `--program FILE` another server, over the HTTP version that `--http` names.
 */
const runner = process.ppid;
const runnerCheckMs = 1_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    gateway: { type: "boolean", default: false },
    program: { type: "string" },
    http: { type: "string", default: "2" },
  },
});
const [descriptors = ""] = positionals;
const messages = createCompatMessages(readFileSync(descriptors));
const answer = await createServer(messages).start(messages.readRequest(await readSizeDelimited(process.stdin)));
writeSizeDelimited(process.stdout, messages.writeResponse(answer));
process.once("SIGTERM", () => process.exit(0));
setInterval(() => {
  if (process.ppid !== runner) {
    process.exit(1);
  }
}, runnerCheckMs);

function createServer(of: CompatMessages): ServerUnderTest {
  const { gateway, program, http } = values;
  const server = program === undefined ? createEngineServer(of) : createProgramServer(of, program);
  return gateway ? createGatewayServer({ server, httpVersion: Number(http) }) : server;
}
