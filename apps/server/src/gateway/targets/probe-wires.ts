import { ConnectError } from "@connectrpc/connect";
import type { UniversalClientFn } from "@connectrpc/connect/protocol";
import type { FieldList } from "../../net/http-exchange.ts";
import type { Wire } from "../gateway-target.ts";
import type { Upstream } from "../upstream/upstream.ts";
import type { UpstreamFaultKind } from "../upstream/upstream-fault.ts";
import { createUpstreamClient } from "../upstream-client.ts";
import { isOfGrpcAlone, isWholeList, type WireAnswer, wiresOfAnswer } from "./wires-of-answer.ts";

/** What `probeWires` needs. */
export interface ProbeWiresOptions {
  readonly upstream: Upstream;
  /** Metadata of the calls, for targets that answer nobody without it. */
  readonly fields: FieldList;
  /** Gives the probe up; it rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** How long the target may take for all answers, in milliseconds. Default: 3 seconds. */
  readonly timeoutMs?: number;
}

/** What a probe found. */
export interface ProbedWires {
  /** At least one. */
  readonly wires: ReadonlySet<Wire>;
  /** Whether the target's answers tell. Where they don't, the wires are all that its version of HTTP can carry. */
  readonly isCertain: boolean;
}

/** One question, which no server takes for more: a call without a message, or of a method that nobody has. */
interface Question {
  readonly path: string;
  readonly contentType: string;
  readonly body?: Uint8Array;
}

/** A method that nobody has: servers of gRPC answer it with a status, whatever services they have. */
const noMethod = "/switchboard.probe.NoService/NoMethod";
const reflection = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
const reflectionAlpha = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
const health = "/grpc.health.v1.Health/Check";

/** Faults of a single call, by a target that was reached. */
const reachedFaults: readonly string[] = ["reset", "protocol-error", "header-too-large"] satisfies UpstreamFaultKind[];

const emptyJson = new TextEncoder().encode("{}");
const defaultTimeoutMs = 3_000;

/** How much longer the first answer may take, in milliseconds: more than connecting can, which has limits of its own. */
const connectAllowanceMs = 15_000;

/** The longest body that is looked at, in bytes; the rest is not waited for. */
const maxBodyBytes = 4_096;

const grpcType = "application/grpc+proto";
const webType = "application/grpc-web+proto";
/** No protocol's type: who has the method and knows the protocol's manners answers 415 with all that it takes. */
const noType = "application/x-switchboard-probe";

const firstQuestion: Question = { path: noMethod, contentType: grpcType };

/** Settle it for servers of gRPC alone, and for those that say what they take. */
const nextQuestions: readonly Question[] = [webType, noType].map((contentType) => ({ path: reflection, contentType }));

const grpcQuestions: readonly Question[] = [reflection, health].map((path) => ({ path, contentType: grpcType }));
const webQuestions: readonly Question[] = [
  ...[reflectionAlpha, health].map((path) => ({ path, contentType: noType })),
  ...[noMethod, health].map((path) => ({ path, contentType: webType })),
  { path: reflection, contentType: "application/connect+proto" },
  ...[noMethod, health].map((path) => ({ path, contentType: "application/json", body: emptyJson })),
];

/** What part of the time the answers to `nextQuestions` have. */
const nextShare = 1 / 3;

const overHttp1: ReadonlySet<Wire> = new Set<Wire>(["grpc-web", "connect"]);
const overHttp2: ReadonlySet<Wire> = new Set<Wire>(["grpc", "grpc-web", "connect"]);

/**
 * Finds out which protocols a target speaks, without an effect on it. Rejects with a ConnectError, whose cause is an
 * `UpstreamFault`, where it can't be reached.
 */
export async function probeWires(options: ProbeWiresOptions): Promise<ProbedWires> {
  const { upstream, fields, signal, timeoutMs = defaultTimeoutMs } = options;
  const client = createUpstreamClient({ upstream, baseUrl: "", timeoutField: "grpc-timeout", fields });
  const ask = async (questions: readonly Question[], limitMs: number) => {
    using limit = createLimit(signal, limitMs);
    const answers = await Promise.all(questions.map((question) => answerOf(client, question, limit.signal)));
    signal.throwIfAborted();
    return answers;
  };
  const [first] = await ask([firstQuestion], connectAllowanceMs + timeoutMs);
  const fault = first instanceof ConnectError ? faultKindOf(first) : undefined;
  const speaksHttp1 = fault === "speaks-http1";
  if (fault !== undefined && !speaksHttp1 && !reachedFaults.includes(fault)) {
    throw first;
  }
  const answers = [first, ...(await ask(nextQuestions, timeoutMs * nextShare))];
  if (!isSettled(answers)) {
    const questions = speaksHttp1 ? webQuestions : [...grpcQuestions, ...webQuestions];
    answers.push(...(await ask(questions, timeoutMs * (1 - nextShare))));
  }
  const wires = new Set(answers.flatMap((answer) => (isAnswer(answer) ? wiresOfAnswer(answer) : [])));
  if (speaksHttp1) {
    wires.delete("grpc");
  }
  const unknown = speaksHttp1 ? overHttp1 : overHttp2;
  return wires.size > 0 ? { wires, isCertain: true } : { wires: unknown, isCertain: false };
}

/** Whether the first answers tell all: the server says what it takes, or knows gRPC and refuses everything else. */
function isSettled(answers: readonly (WireAnswer | ConnectError | undefined)[]): boolean {
  const told = answers.filter(isAnswer);
  const [first] = told;
  const speaksGrpc = first !== undefined && wiresOfAnswer(first).includes("grpc");
  return told.some(isWholeList) || (speaksGrpc && told.length === answers.length && told.every(isOfGrpcAlone));
}

/** The answer to a question, or why there is none. */
async function answerOf(
  client: UniversalClientFn,
  { path, contentType, body }: Question,
  signal: AbortSignal,
): Promise<WireAnswer | ConnectError> {
  const header = new Headers({ "content-type": contentType });
  if (contentType === "application/json") {
    header.set("connect-protocol-version", "1");
  }
  try {
    const response = await client({ url: path, method: "POST", header, body: once(body), signal });
    return {
      status: response.status,
      contentType: response.header.get("content-type") ?? "",
      acceptPost: response.header.get("accept-post") ?? "",
      body: await readStart(response.body),
    };
  } catch (error) {
    return ConnectError.from(error);
  }
}

async function* once(body: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  if (body !== undefined) {
    yield body;
  }
}

async function readStart(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length >= maxBodyBytes) {
      break;
    }
  }
  return Buffer.concat(chunks);
}

function isAnswer(answer: WireAnswer | ConnectError | undefined): answer is WireAnswer {
  return answer !== undefined && !(answer instanceof ConnectError);
}

/** The kind of fault that a call failed with; undefined where its time was up. */
function faultKindOf({ cause }: ConnectError): string | undefined {
  const isFault = typeof cause === "object" && cause !== null && "kind" in cause;
  return isFault ? String(cause.kind) : undefined;
}

/** A signal that is aborted with another, and after a time. */
function createLimit(signal: AbortSignal, timeoutMs: number): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) {
    abort();
  }
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    },
  };
}
