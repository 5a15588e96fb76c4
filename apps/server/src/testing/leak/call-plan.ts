import { textEnvelope, textMessage } from "../envelope.ts";
import type { Random } from "./random.ts";

/** When a client gives its call up. */
export type CancelMoment = "before the body" | "mid-upload" | "after headers" | "mid-stream" | "at the end";

/** One call that a client is to make. */
export interface CallPlan {
  readonly path: string;
  /** Header fields, with the deadline of a stream that would not end by itself. */
  readonly fields: Readonly<Record<string, string>>;
  /** The request's body, in the pieces to write. */
  readonly pieces: readonly Uint8Array[];
  /** Undefined for a call that runs to its end. */
  readonly cancelAt: CancelMoment | undefined;
}

/** Plans a call that the HTTP version can carry. */
export type PlanCall = (random: Random, version: "1.1" | "2") => CallPlan;

/** How an endless server stream that nobody gives up is ended. */
const shortDeadline = { "grpc-timeout": "5m", "connect-timeout-ms": "5" };

const envelopeTypes = ["application/grpc-web+proto", "application/connect+proto"] as const;

/** Plans a call of any kind and protocol that the HTTP version can carry; a third of them are given up. */
export function planCall(random: Random, version: "1.1" | "2"): CallPlan {
  const contentType =
    version === "2" ? random.pick([...envelopeTypes, "application/grpc"]) : random.pick(envelopeTypes);
  const isUnary = random.below(2) === 0;
  const call = isUnary ? planUnary(random, contentType) : planStream(random, contentType, version);
  return { ...call, cancelAt: planCancel(random) };
}

/** When a call is given up, as one in three is. */
export function planCancel(random: Random): CancelMoment | undefined {
  return random.below(3) === 0
    ? random.pick<CancelMoment>(["before the body", "mid-upload", "after headers", "mid-stream", "at the end"])
    : undefined;
}

function planUnary(random: Random, streamType: string): Omit<CallPlan, "cancelAt"> {
  const isConnect = streamType === "application/connect+proto";
  const text = "n".repeat(random.below(100));
  return {
    path: "/Greeter/SayHello",
    fields: { "content-type": isConnect ? "application/proto" : streamType },
    pieces: [isConnect ? textMessage(text) : textEnvelope(text)],
  };
}

function planStream(random: Random, contentType: string, version: "1.1" | "2"): Omit<CallPlan, "cancelAt"> {
  const fields = { "content-type": contentType };
  const kinds = ["TestClientRecvStream", "TestClientSendStream"] as const;
  const name = version === "2" ? random.pick([...kinds, "TestTwoWayStream"]) : random.pick(kinds);
  if (name === "TestClientRecvStream") {
    const data = random.pick(["close", "go on"]);
    return { path: `/test.demo/${name}`, fields: { ...fields, ...shortDeadline }, pieces: [textEnvelope(data)] };
  }
  // Beyond the eleventh message a client stream has its answer while it is still being sent.
  const pieces = Array.from({ length: random.below(14) }, (_, index) => textEnvelope(String(index)));
  return { path: `/test.demo/${name}`, fields, pieces };
}
