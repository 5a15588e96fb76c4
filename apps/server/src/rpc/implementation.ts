import { create, type DescMessage, type DescMethod, type Message, type MessageInitShape } from "@bufbuild/protobuf";
import type { HandlerContext, Interceptor, MethodImplSpec, StreamRequest, UnaryRequest } from "@connectrpc/connect";

/** What a method's implementation takes: one message, or those of a stream. */
type Input = Message | AsyncIterable<Message>;

/** A message of a response, or what one can be made of. */
export type Output = MessageInitShape<DescMessage>;

/** A value, or the promise of one. A method that has its answer at hand costs no promise. */
export type Eventually<T> = T | Promise<T>;

/** Whether there is a promise to wait for. A message may have a field of the name `then`, but no function in it. */
export function isPromise<T>(value: Eventually<T>): value is Promise<T> {
  return value instanceof Promise || typeof (value as Partial<Promise<T>> | null | undefined)?.then === "function";
}

/** The implementation of a method behind its interceptors. What it gives needn't be a whole message yet. */
export type Implementation =
  | {
      readonly kind: "single";
      readonly takesStream: boolean;
      run(input: Input, context: HandlerContext): Eventually<Output>;
    }
  | {
      readonly kind: "stream";
      readonly takesStream: boolean;
      run(input: Input, context: HandlerContext): Eventually<AsyncIterable<Output>>;
    };

type Method = (input: Input, context: HandlerContext) => unknown;

/** Puts a method's implementation behind interceptors, of which the first is the outermost. */
export function bindImplementation(spec: MethodImplSpec, interceptors: readonly Interceptor[]): Implementation {
  // The types of a method that is only known at run time can't be told from each other.
  const impl = spec.impl as Method;
  const takesStream = spec.kind === "client_streaming" || spec.kind === "bidi_streaming";
  switch (spec.kind) {
    case "unary":
    case "client_streaming": {
      const run = impl as (input: Input, context: HandlerContext) => Eventually<Output>;
      return {
        kind: "single",
        takesStream,
        run: interceptors.length === 0 ? run : interceptSingle(spec, run, interceptors),
      };
    }
    case "server_streaming":
    case "bidi_streaming": {
      const run = impl as (input: Input, context: HandlerContext) => AsyncIterable<Output>;
      return {
        kind: "stream",
        takesStream,
        run: interceptors.length === 0 ? run : interceptStream(spec, run, interceptors),
      };
    }
  }
}

function interceptSingle(
  { kind, method }: MethodImplSpec,
  run: (input: Input, context: HandlerContext) => Eventually<Output>,
  interceptors: readonly Interceptor[],
): (input: Input, context: HandlerContext) => Promise<Output> {
  const isStream = kind === "client_streaming";
  return async (input, context) => {
    const call = intercepted(interceptors, async (request) => {
      const output = create(method.output, await run(request.message as Input, contextOf(context, request)));
      return { ...responseOf(context, method), stream: isStream, message: isStream ? once(output) : output };
    });
    const response = await call(requestOf(context, method, isStream, input));
    replace(context.responseHeader, response.header);
    replace(context.responseTrailer, response.trailer);
    return response.stream ? await single(response.message as AsyncIterable<Output>) : (response.message as Output);
  };
}

function interceptStream(
  { kind, method }: MethodImplSpec,
  run: (input: Input, context: HandlerContext) => AsyncIterable<Output>,
  interceptors: readonly Interceptor[],
): (input: Input, context: HandlerContext) => Promise<AsyncIterable<Output>> {
  return async (input, context) => {
    const call = intercepted(interceptors, async (request) => {
      const message = request.message as AsyncIterable<Message>;
      const taken = kind === "server_streaming" ? await single(message) : message;
      const output = wholeMessages(method.output, run(taken, contextOf(context, request)));
      return { ...responseOf(context, method), stream: true, message: output };
    });
    const messages = kind === "server_streaming" ? once(input as Message) : input;
    const response = await call(requestOf(context, method, true, messages));
    replace(context.responseHeader, response.header);
    const output = response.message as AsyncIterable<Output>;
    return response.trailer === context.responseTrailer ? output : withTrailer(output, response.trailer, context);
  };
}

// Interceptors see requests and responses of all methods, whose types are only known at run time.
type AnyRequest = UnaryRequest | StreamRequest;
type AnyResponse = {
  readonly header: Headers;
  readonly trailer: Headers;
  readonly message: unknown;
  readonly stream: boolean;
};
type AnyCall = (request: AnyRequest) => Promise<AnyResponse>;

function intercepted(interceptors: readonly Interceptor[], innermost: AnyCall): AnyCall {
  return interceptors.reduceRight<AnyCall>((next, interceptor) => interceptor(next as never) as AnyCall, innermost);
}

function requestOf(context: HandlerContext, method: DescMethod, stream: boolean, message: unknown): AnyRequest {
  return {
    stream,
    message,
    method,
    service: method.parent,
    requestMethod: context.requestMethod,
    url: context.url,
    signal: context.signal,
    header: context.requestHeader,
    contextValues: context.values,
  } as AnyRequest;
}

function responseOf(context: HandlerContext, method: DescMethod) {
  return { service: method.parent, method, header: context.responseHeader, trailer: context.responseTrailer };
}

/** The context that the service sees behind interceptors, which may have put other things into the request. */
function contextOf(context: HandlerContext, request: AnyRequest): HandlerContext {
  return {
    service: request.service,
    method: context.method,
    protocolName: context.protocolName,
    requestMethod: request.requestMethod,
    url: context.url,
    timeoutMs: context.timeoutMs,
    signal: request.signal,
    requestHeader: request.header,
    values: request.contextValues,
    responseHeader: context.responseHeader,
    responseTrailer: context.responseTrailer,
  };
}

/** Interceptors see whole messages, where a service may give what they can be made of. */
async function* wholeMessages(desc: DescMessage, values: AsyncIterable<Output>): AsyncGenerator<Message> {
  for await (const value of values) {
    yield create(desc, value);
  }
}

/** Takes over the trailer of an interceptor, once the messages before it are through. */
async function* withTrailer<T>(
  messages: AsyncIterable<T>,
  trailer: Headers,
  context: HandlerContext,
): AsyncGenerator<T> {
  yield* messages;
  replace(context.responseTrailer, trailer);
}

function replace(to: Headers, from: Headers): void {
  if (to === from) {
    return;
  }
  for (const name of [...to.keys()]) {
    to.delete(name);
  }
  for (const [name, value] of from) {
    to.append(name, value);
  }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value;
}

async function single<T>(values: AsyncIterable<T>): Promise<T> {
  for await (const value of values) {
    return value;
  }
  throw new Error("an interceptor took away the only message of a call");
}
