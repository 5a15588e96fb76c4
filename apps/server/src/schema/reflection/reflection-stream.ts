import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { createWritableIterable } from "@connectrpc/connect/protocol";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { ServerReflection as ServerReflectionV1Alpha } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";

/** The versions of server reflection. They differ in their package only. */
export type ReflectionVersion = "v1" | "v1alpha";

/** A question of which both versions know. */
export interface ReflectionQuestion {
  readonly case: "listServices" | "fileContainingSymbol" | "fileByFilename";
  readonly value: string;
}

/** An answer to one of these questions. */
export type ReflectionAnswer =
  | { readonly case: "fileDescriptorResponse"; readonly value: { readonly fileDescriptorProto: readonly Uint8Array[] } }
  | {
      readonly case: "listServicesResponse";
      readonly value: { readonly service: readonly { readonly name: string }[] };
    }
  | { readonly case: "errorResponse"; readonly value: { readonly errorCode: number; readonly errorMessage: string } }
  | { readonly case: "allExtensionNumbersResponse" | undefined };

/** How a target's reflection is reached. */
export interface ReflectionConnection {
  /** Carries the calls, with the target's metadata for them. */
  readonly transport: Transport;
  /** `half` where nothing can be sent once an answer has begun, as over HTTP/1.1: then each round of questions is a call. */
  readonly duplex: "full" | "half";
}

/** A conversation with a target's reflection. */
export interface ReflectionStream {
  /**
   * Asks questions and takes an answer for each, in their order. They are taken when they can be sent, so that an answer
   * can still spare a question.
   *
   * @throws ConnectError when the stream breaks or ends before its time
   */
  ask(questions: Iterable<ReflectionQuestion>, onAnswer: OnAnswer): Promise<void>;
  /** Ends the conversation. */
  close(): void;
}

/** Is told the answer to a question. */
export type OnAnswer = (answer: ReflectionAnswer, question: ReflectionQuestion) => void;

/** How many questions may wait for answers at a time. */
const maxWaiting = 8;

/**
 * Opens a conversation. It takes place on one stream, and so with one of the servers behind an address; where the
 * connection is half duplex, each round of questions has a stream of its own.
 *
 * @param signal gives it up
 */
export function openReflectionStream(
  connection: ReflectionConnection,
  version: ReflectionVersion,
  signal: AbortSignal,
): ReflectionStream {
  return connection.duplex === "full"
    ? openFullDuplex(connection, version, signal)
    : openHalfDuplex(connection, version, signal);
}

function openFullDuplex({ transport }: ReflectionConnection, version: ReflectionVersion, signal: AbortSignal) {
  const closing = new AbortController();
  const requests = createWritableIterable<Request>();
  const answers = call({ transport, version, requests, signal: AbortSignal.any([signal, closing.signal]) });
  return {
    async ask(questions: Iterable<ReflectionQuestion>, onAnswer: OnAnswer) {
      const waiting: ReflectionQuestion[] = [];
      for (const question of questions) {
        // A request that can't be written shows in the answer that doesn't come.
        requests.write(requestOf(question)).catch(() => undefined);
        waiting.push(question);
        if (waiting.length === maxWaiting) {
          await take(answers, waiting, onAnswer);
        }
      }
      while (waiting.length > 0) {
        await take(answers, waiting, onAnswer);
      }
    },
    close() {
      requests.close();
      // Whatever still comes isn't read, but for the end.
      const abort = () => closing.abort();
      answers.next().then(abort, abort);
    },
  };
}

function openHalfDuplex({ transport }: ReflectionConnection, version: ReflectionVersion, signal: AbortSignal) {
  return {
    async ask(questions: Iterable<ReflectionQuestion>, onAnswer: OnAnswer) {
      const closing = new AbortController();
      const waiting = [...questions];
      if (waiting.length === 0) {
        return;
      }
      const requests = waiting.map(requestOf);
      const answers = call({ transport, version, requests, signal: AbortSignal.any([signal, closing.signal]) });
      try {
        while (waiting.length > 0) {
          await take(answers, waiting, onAnswer);
        }
      } finally {
        closing.abort();
      }
    },
    close: () => undefined,
  };
}

interface Call {
  readonly transport: Transport;
  readonly version: ReflectionVersion;
  readonly requests: Iterable<Request> | AsyncIterable<Request>;
  readonly signal: AbortSignal;
}

interface Request {
  readonly messageRequest: ReflectionQuestion;
}

function requestOf(messageRequest: ReflectionQuestion): Request {
  return { messageRequest };
}

function call({ transport, version, requests, signal }: Call): AsyncIterator<{ messageResponse: ReflectionAnswer }> {
  const input = asAsync(requests);
  const answers =
    version === "v1"
      ? createClient(ServerReflection, transport).serverReflectionInfo(input, { signal })
      : createClient(ServerReflectionV1Alpha, transport).serverReflectionInfo(input, { signal });
  return answers[Symbol.asyncIterator]();
}

async function* asAsync(requests: Iterable<Request> | AsyncIterable<Request>) {
  yield* requests;
}

/** Takes the answer to the question that has waited longest. */
async function take(
  answers: AsyncIterator<{ messageResponse: ReflectionAnswer }>,
  waiting: ReflectionQuestion[],
  onAnswer: OnAnswer,
): Promise<void> {
  const { value, done } = await answers.next();
  const question = waiting.shift();
  if (done === true || question === undefined) {
    throw new ConnectError("the stream ended before all questions were answered", Code.Unavailable);
  }
  onAnswer(value.messageResponse, question);
}
