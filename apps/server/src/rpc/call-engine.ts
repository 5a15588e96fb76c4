import { Code, ConnectError, createContextValues } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerResponse } from "@connectrpc/connect/protocol";
import type { Authenticate } from "./authenticate.ts";
import { boundBody } from "./bounded-body.ts";
import { createCallBounds } from "./call-bounds.ts";
import type { CallLog } from "./call-log.ts";
import { type CallObserver, createCallObserver } from "./call-observer.ts";
import { callRecordKey } from "./call-record.ts";
import type { CallRequest } from "./call-request.ts";
import { coalesceBody } from "./coalesced-body.ts";
import { readDeadline } from "./deadline.ts";
import { createErrorResponse } from "./error-response.ts";
import { type ShutdownSignals, shutdownSignalOf } from "./shutdown-signals.ts";
import { type WireForm, wireFormOf } from "./wire-form.ts";

/** Answers calls of the services. */
export interface CallEngine {
  /** Whether there is a method at this path. */
  handles(path: string): boolean;
  /**
   * Answers a call, always: what goes wrong is an error in the caller's protocol. The response's body must be read or
   * returned, since the call's line in the log is written when it ends.
   */
  call(request: CallRequest): Promise<UniversalServerResponse>;
}

/** What `createCallEngine` needs. */
export interface CallEngineOptions {
  /** The handler of every method, by its path. */
  readonly handlers: ReadonlyMap<string, UniversalHandler>;
  readonly authenticate: Authenticate;
  readonly log: CallLog;
  readonly signals: ShutdownSignals;
  /** How long the message of a unary or server-streaming call may take to arrive, in milliseconds. */
  readonly requestTimeout: number;
}

/** The status of a Connect unary call to a path without a method, which plain HTTP clients and caches know too. */
const notFound = 404;

/** Creates the engine. It checks the token, bounds waits, finds the handler and writes one line for each call. */
export function createCallEngine(options: CallEngineOptions): CallEngine {
  const { handlers, log } = options;
  return {
    handles: (path) => handlers.has(path),
    async call(request) {
      const form = wireFormOf({
        method: request.method,
        contentType: request.header.get("content-type") ?? "",
        target: request.url,
      });
      const observer = createCallObserver(request, form, log);
      try {
        return observer.observe(await dispatch(request, form, { ...options, observer }));
      } catch (thrown) {
        observer.record.fault = thrown instanceof ConnectError ? undefined : thrown;
        const error = thrown instanceof ConnectError ? thrown : new ConnectError("internal error", Code.Internal);
        return observer.observe(respond(error, request, { form }));
      }
    },
  };
}

interface Dispatch extends CallEngineOptions {
  readonly observer: CallObserver;
}

async function dispatch(
  request: CallRequest,
  form: WireForm | undefined,
  { handlers, authenticate, signals, requestTimeout, observer }: Dispatch,
): Promise<UniversalServerResponse> {
  authenticate(request.header);
  const handler = handlers.get(request.path);
  if (handler === undefined) {
    const message = `${request.path} is not implemented: this server has no such method`;
    return respond(new ConnectError(message, Code.Unimplemented), request, { form, httpStatus: notFound });
  }
  const { method } = handler;
  if (method.methodKind === "bidi_streaming" && request.httpVersion.startsWith("1.") && form !== undefined) {
    throw new ConnectError(`${request.path} streams both ways, which takes HTTP/2 or a WebSocket`, Code.Unimplemented);
  }
  const bounds = createCallBounds({
    deadlineMs: form === undefined ? undefined : readDeadline(request.header, form),
    shutdown: shutdownSignalOf(method, signals),
    arrivalMs: method.methodKind === "unary" || method.methodKind === "server_streaming" ? requestTimeout : undefined,
  });
  observer.onEnd(bounds.release);
  const response = await handler({
    ...request,
    body: coalesceBody(
      boundBody(request.body, { signal: bounds.signal, onBytes: observer.onBytesIn }),
      form !== "connect-unary",
    ),
    contextValues: createContextValues().set(callRecordKey, observer.record),
  });
  return describeRefusal(response, handler);
}

interface ErrorForm {
  readonly form: WireForm | undefined;
  readonly httpStatus?: number;
}

function respond(
  error: ConnectError,
  { header }: CallRequest,
  { form = "connect-unary", httpStatus }: ErrorForm,
): UniversalServerResponse {
  return createErrorResponse(error, { form, contentType: header.get("content-type") ?? "", httpStatus });
}

/** Adds what would have been accepted to a refusal of the framework's, which has no body. */
function describeRefusal(response: UniversalServerResponse, handler: UniversalHandler): UniversalServerResponse {
  switch (response.status) {
    case 405:
      return { ...response, header: new Headers({ allow: handler.allowedMethods.join(", ") }) };
    case 415:
      return { ...response, header: new Headers({ "accept-post": acceptedTypes(handler) }) };
    default:
      return response;
  }
}

function acceptedTypes({ method }: UniversalHandler): string {
  const connect = method.methodKind === "unary" ? "application/" : "application/connect+";
  const prefixes = [connect, "application/grpc+", "application/grpc-web+"];
  return prefixes.flatMap((prefix) => [`${prefix}json`, `${prefix}proto`]).join(", ");
}
