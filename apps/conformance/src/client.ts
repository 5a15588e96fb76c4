import { readFileSync } from "node:fs";
import { createClientMessages } from "./client-messages.ts";
import { createCompatMessages } from "./compat-messages.ts";
import { createGatewayTransports, type Way } from "./gateway-transports.ts";
import { makeClientCall } from "./make-client-call.ts";
import { readAllSizeDelimited, writeSizeDelimited } from "./size-delimited.ts";

/*
 * The program that the suite's runner starts: it reads ClientCompatRequests from standard input, makes each call by the
 * page's own transports through a Switchboard in this process to the server that the request names, and writes
 * ClientCompatResponses to standard output: `client.ts DESCRIPTORS websocket|grpc-web`.
 */

/** So few calls run at once that each keeps its deadline on a busy machine. */
const callsAtOnce = 8;

const [descriptors = "", way = ""] = process.argv.slice(2);
const { registry } = createCompatMessages(readFileSync(descriptors));
const messages = createClientMessages(registry);
const findTransport = createGatewayTransports(way as Way, registry);

async function answer(bytes: Uint8Array): Promise<Uint8Array> {
  const request = messages.readRequest(bytes);
  try {
    const transport = await findTransport(`${request.host}:${request.port}`);
    return messages.writeResult(request.testName, await makeClientCall(messages, request, transport));
  } catch (error) {
    return messages.writeFailure(request.testName, String(error));
  }
}

const requests = readAllSizeDelimited(process.stdin);
const lanes = Array.from({ length: callsAtOnce }, async () => {
  for await (const bytes of requests) {
    writeSizeDelimited(process.stdout, await answer(bytes));
  }
});
await Promise.all(lanes);
process.exit(0);
