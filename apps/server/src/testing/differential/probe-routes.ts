import { create, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { StringValueSchema } from "@bufbuild/protobuf/wkt";
import { type Code, ConnectError, type ConnectRouter, type HandlerContext } from "@connectrpc/connect";
import { hellojlcReqSchema } from "@switchboard/proto/gen/demo_pb.js";
import { probeService } from "./probe-service.ts";
import { type Field, parseScript, type Script, scriptHeader } from "./script.ts";

type Message = MessageShape<typeof hellojlcReqSchema>;
type Reply = MessageInitShape<typeof hellojlcReqSchema>;

/** The request header that lets the gate of `gateByHeader` refuse a call, with the code that is its value. */
export const gateHeader = "x-gate";

/** The text with which the gate refuses. */
export const gateMessage = "stopped at the gate";

/** How long a slow call takes, in milliseconds: longer than a timer that fires at once. */
const slowMs = 20;

/**
 * Request headers that are left out of what a handler tells: they name the server or are the protocol's own, and an
 * engine may well write those anew.
 */
const unseen: ReadonlySet<string> = new Set([
  "host",
  scriptHeader,
  "content-type",
  "content-length",
  "transfer-encoding",
  "grpc-timeout",
  "connect-timeout-ms",
]);

/** What a handler tells of its call, as it came out of the context. */
export type Sight = (context: HandlerContext) => unknown;

/** Registers the probe service, whose answers follow the script in the request and tell what the handler got to see. */
export const probeRoutes = createProbeRoutes(seeAll);

/** Creates what `probeRoutes` is, for handlers that tell something else of their calls. */
export function createProbeRoutes(see: Sight): (router: ConnectRouter) => void {
  return (router) => {
    router.service(probeService, {
      unary: (message, context) => answerOnce([message], context, see),
      pure: (message, context) => answerOnce([message], context, see),
      async *serverStream(message, context) {
        yield* answerEach(context, see, async function* () {
          for (;;) {
            yield message;
          }
        });
      },
      async clientStream(messages, context) {
        const { reads } = parseScript(context.requestHeader.get(scriptHeader));
        return answerOnce(reads ? await Array.fromAsync(messages) : [], context, see);
      },
      async *bidi(messages, context) {
        yield* answerEach(context, see, () => messages);
      },
    });
  };
}

/** A request gate that refuses calls which ask for it, and leaves a header and a trailer with all others. */
export function gateByHeader(context: HandlerContext): void {
  const code = context.requestHeader.get(gateHeader);
  if (code !== null) {
    throw new ConnectError(gateMessage, Number(code) as Code, { "x-from-gate": "refused" });
  }
  context.responseHeader.set("x-gate-passed", "yes");
  context.responseTrailer.set("x-gate-trailer", "yes");
}

async function answerOnce(messages: readonly Message[], context: HandlerContext, see: Sight): Promise<Reply> {
  const script = begin(context);
  await end(script, context);
  return reply(messages, see(context));
}

async function* answerEach(
  context: HandlerContext,
  see: Sight,
  open: () => AsyncIterable<Message>,
): AsyncGenerator<Reply> {
  const script = begin(context);
  if (script.yields > 0) {
    let count = 0;
    for await (const message of open()) {
      yield reply([message], see(context));
      if (++count === script.yields) {
        break;
      }
    }
  }
  await end(script, context);
}

function begin(context: HandlerContext): Script {
  const script = parseScript(context.requestHeader.get(scriptHeader));
  appendAll(context.responseHeader, script.headers);
  appendAll(context.responseTrailer, script.trailers);
  return script;
}

async function end({ end }: Script, { signal }: HandlerContext): Promise<void> {
  switch (end.kind) {
    case "ok":
      return;
    case "error":
      throw new ConnectError(
        end.message,
        end.code as Code, // The generator draws from the codes.
        appendAll(new Headers(), end.metadata),
        end.details.map((value) => ({ desc: StringValueSchema, value: { value } })),
      );
    case "fault":
      throw new Error(end.message);
    case "when-aborted":
      await new Promise<void>((resolve) => {
        if (signal.aborted) {
          resolve();
        }
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
      throw signal.reason;
    case "slow":
      await new Promise((resolve) => setTimeout(resolve, slowMs));
      signal.throwIfAborted();
      return;
    case "never":
      await new Promise(() => {});
  }
}

function seeAll(context: HandlerContext): unknown {
  const url = new URL(context.url);
  return {
    protocol: context.protocolName,
    method: context.requestMethod,
    target: url.pathname + url.search,
    // A repeated field whose last value is empty may or may not keep the space behind its comma.
    metadata: [...context.requestHeader]
      .filter(([name]) => !unseen.has(name))
      .map(([name, value]) => [name, value.trim()]),
    hasDeadline: context.timeoutMs() !== undefined,
  };
}

/** Holds the request's messages, and under the key `seen` what the handler tells of its call. */
function reply(messages: readonly Message[], seen: unknown): Reply {
  const numbers = messages.flatMap(({ number }) => Object.entries(number));
  return create(hellojlcReqSchema, {
    name: messages.map(({ name }) => name).join("|"),
    age: messages.reduce((sum, { age }) => (sum + age) | 0, messages.length),
    number: { ...Object.fromEntries(numbers), seen: { name: JSON.stringify(seen) } },
  });
}

function appendAll(target: Headers, fields: readonly Field[]): Headers {
  for (const [name, value] of fields) {
    target.append(name, value);
  }
  return target;
}
