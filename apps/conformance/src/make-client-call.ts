import { setTimeout as delay } from "node:timers/promises";
import type { DescMethod, DescMethodStreaming, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { ClientMessages, ClientRequest, ClientResult } from "./client-messages.ts";
import type { DefinedError, Header } from "./conformance-types.ts";

/** `STREAM_TYPE_FULL_DUPLEX_BIDI_STREAM` of `connectrpc.conformance.v1.StreamType`. */
const fullDuplex = 5;

/** A call on its way, as far as it was seen. */
interface ClientCall {
  readonly request: ClientRequest;
  readonly inputs: readonly Message[];
  readonly transport: Transport;
  readonly abort: AbortController;
  readonly payloads: object[];
  header: Headers | undefined;
  trailer: Headers | undefined;
  sent: number;
}

/** Makes a call as the runner wants it, gives it up when the runner wants that, and answers what came of it. */
export async function makeClientCall(
  messages: ClientMessages,
  request: ClientRequest,
  transport: Transport,
): Promise<ClientResult> {
  const method: DescMethod = messages.methodOf(request);
  const inputs = messages.inputsOf(request, method);
  const abort = new AbortController();
  const call: ClientCall = {
    request,
    inputs,
    transport,
    abort,
    payloads: [],
    header: undefined,
    trailer: undefined,
    sent: 0,
  };
  let error: ConnectError | undefined;
  try {
    const described: DescMethodUnary | DescMethodStreaming = method;
    await (described.methodKind === "unary" ? callUnary(described, call) : callStream(described, call));
  } catch (thrown) {
    error = ConnectError.from(thrown);
  }
  return {
    // An error has its header and its trailers in one.
    responseHeaders: headersOf(call.header ?? error?.metadata),
    responseTrailers: headersOf(call.trailer ?? error?.metadata),
    payloads: call.payloads,
    numUnsentRequests: inputs.length - call.sent,
    ...(error && { error: definedError(error) }),
  };
}

async function callUnary(method: DescMethodUnary, call: ClientCall): Promise<void> {
  const { request, transport, inputs, abort } = call;
  await delay(request.requestDelayMs);
  const [input = {}] = inputs;
  call.sent = inputs.length;
  const answering = transport.unary(method, abort.signal, request.timeoutMs, headerOf(request), input);
  abortAfterClose(call);
  const answer = await answering;
  call.header = answer.header;
  call.trailer = answer.trailer;
  takePayload(call, answer.message);
}

async function callStream(method: DescMethodStreaming, call: ClientCall): Promise<void> {
  const { request, transport, abort } = call;
  const turns = createTurns();
  const paced = request.streamType === fullDuplex ? turns : undefined;
  const input = inputsInTurn(call, paced?.next);
  const answering = transport.stream(method, abort.signal, request.timeoutMs, headerOf(request), input);
  if (method.methodKind === "server_streaming") {
    abortAfterClose(call);
  }
  const answer = await answering;
  call.header = answer.header;
  abortAfterResponses(call);
  for await (const message of answer.message) {
    takePayload(call, message);
    turns.pass();
    abortAfterResponses(call);
  }
  call.trailer = answer.trailer;
  if (method.methodKind === "client_streaming" && call.payloads.length !== 1) {
    const count = call.payloads.splice(0).length;
    // The code that gRPC has for it (https://grpc.github.io/grpc/core/md_doc_statuscodes.html, "cardinality violation").
    throw new ConnectError(`the server sent ${count} responses in the place of one`, Code.Unimplemented);
  }
}

/**
 * Sends the request's messages with its pauses between.
 *
 * @param answered resolves when the response to the last message has come; undefined where none waits for one
 */
async function* inputsInTurn(call: ClientCall, answered?: () => Promise<void>): AsyncGenerator<Message> {
  const { request, inputs, abort } = call;
  for (const input of inputs) {
    await delay(request.requestDelayMs);
    call.sent++;
    yield input;
    await answered?.();
  }
  // A transport that takes one message alone never comes here.
  if (request.cancel?.cancelTiming.case === "beforeCloseSend") {
    abort.abort();
  } else {
    abortAfterClose(call);
  }
}

function abortAfterClose({ request, abort }: ClientCall): void {
  const timing = request.cancel?.cancelTiming;
  if (timing?.case === "afterCloseSendMs") {
    setTimeout(() => abort.abort(), timing.value);
  }
}

function abortAfterResponses({ request, abort, payloads }: ClientCall): void {
  const timing = request.cancel?.cancelTiming;
  if (timing?.case === "afterNumResponses" && payloads.length >= timing.value) {
    abort.abort();
  }
}

/** Lets one side wait for each turn of the other. */
function createTurns() {
  let passed = Promise.withResolvers<void>();
  return {
    next: () => passed.promise,
    pass() {
      passed.resolve();
      passed = Promise.withResolvers();
    },
  };
}

function takePayload({ payloads }: ClientCall, message: Message): void {
  // Every response of the suite has this property, by its own proto.
  const { payload = {} } = message as Message & { readonly payload?: Message };
  payloads.push(payload);
}

function headerOf({ requestHeaders }: ClientRequest): Headers {
  const header = new Headers();
  for (const { name, value } of requestHeaders) {
    for (const one of value) {
      header.append(name, one);
    }
  }
  return header;
}

function headersOf(headers: Headers | undefined): readonly Header[] {
  return [...(headers ?? [])].map(([name, value]) => ({ name, value: [value] }));
}

function definedError({ code, rawMessage, details }: ConnectError): DefinedError {
  return {
    code,
    message: rawMessage,
    // Those that came by the wire are bytes.
    details: details.flatMap((detail) =>
      "type" in detail
        ? [{ $typeName: "google.protobuf.Any", typeUrl: `type.googleapis.com/${detail.type}`, value: detail.value }]
        : [],
    ),
  };
}
