import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { fromBinary, fromJson, toBinary, toJson } from "@bufbuild/protobuf";
import { Code, type ConnectError } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { callDynamic } from "./call-dynamic.ts";
import { readHarbourSchema, type TargetSchema } from "./harbour-schema.ts";
import { createHarbourTransports, type HarbourTransport } from "./harbour-transports.ts";
import { callInText } from "./text-call.ts";

/** Where a server of harbour.v1 stands behind a Switchboard. */
export interface HarbourBehindGateway {
  /** Switchboard's, with a slash at its end. It was started with `--proxy` of the target. */
  readonly url: string;
  /** The target's name. */
  readonly target: string;
}

const ship = (name: string) => ({
  name,
  loadGrams: "9007199254740993",
  kind: "KIND_TANKER",
  buildTime: "2030-10-10T00:00:00Z",
});

/**
 * Finds harbour.v1 by the target's reflection, and calls every method of it in every way that Switchboard has. Rejects with
 * an AssertionError at the first answer that is not the exact one; answers the names of the ways.
 */
export async function checkHarbour({ url, target }: HarbourBehindGateway): Promise<readonly string[]> {
  const schema = await readHarbourSchema(createConnectTransport({ baseUrl: url }), target);
  const ways = createHarbourTransports(url, target, schema.registry);
  for (const way of ways) {
    await checkUnary(way, schema);
    await checkError(way, schema);
    await checkServerStream(way, schema);
    if (way.sendsStreams) {
      await checkClientStream(way, schema);
      await checkBidi(way, schema);
    }
  }
  await checkText(`${url}gateway/${target}/harbour.v1.HarbourService/WatchShips`, schema);
  return [...ways.map(({ name }) => name), "gRPC-Web in text"];
}

async function checkUnary({ name, transport }: HarbourTransport, schema: TargetSchema): Promise<void> {
  const answer = await callDynamic({
    transport,
    schema,
    method: "GetShip",
    requests: [{ name: "阿达" }],
    header: { "x-berth": "7" },
  });
  deepEqual(answer.messages, [{ ship: ship("阿达") }], name);
  equal(answer.header.get("x-berth"), "7", name);
  equal(answer.trailer.get("x-pilot-bin")?.replace(/=*$/, ""), "AP9/", name);
}

async function checkError({ name, transport }: HarbourTransport, schema: TargetSchema): Promise<void> {
  const refused = callDynamic({ transport, schema, method: "GetShip", requests: [{}] });
  await rejects(refused, (error: ConnectError) => {
    equal(error.code, Code.InvalidArgument, name);
    equal(error.rawMessage, "100% of ships have a name, même ici", name);
    return true;
  });
}

async function checkServerStream({ name, transport }: HarbourTransport, schema: TargetSchema): Promise<void> {
  const some = await callDynamic({ transport, schema, method: "WatchShips", requests: [{ count: 3 }] });
  deepEqual(
    some.messages,
    [0, 1, 2].map((n) => ({ ship: ship(`ship ${n}`) })),
    name,
  );
  const none = await callDynamic({ transport, schema, method: "WatchShips", requests: [{ count: 0 }] });
  deepEqual(none.messages, [], name);
}

async function checkClientStream({ name, transport }: HarbourTransport, schema: TargetSchema): Promise<void> {
  const requests = ["9007199254740993", "7"].map((loadGrams) => ({ ship: { loadGrams } }));
  const { messages } = await callDynamic({ transport, schema, method: "WeighShips", requests });
  deepEqual(messages, [{ loadGrams: "9007199254741000" }], name);
}

async function checkBidi({ name, transport }: HarbourTransport, schema: TargetSchema): Promise<void> {
  const requests = ["ahoy", "你好"].map((text) => ({ text }));
  const { messages } = await callDynamic({ transport, schema, method: "Hail", requests });
  deepEqual(messages, [{ text: "you said ahoy" }, { text: "you said 你好" }], name);
}

async function checkText(url: string, schema: TargetSchema): Promise<void> {
  const { input, output } = schema.method("WatchShips");
  const request = toBinary(input, fromJson(input, { count: 2 }));
  const { contentType, messages, trailers } = await callInText(url, request);
  match(contentType, /^application\/grpc-web-text/);
  deepEqual(
    messages.map((message) => toJson(output, fromBinary(output, message))),
    [0, 1].map((n) => ({ ship: ship(`ship ${n}`) })),
  );
  match(trailers, /^grpc-status: ?0\r$/m);
}
