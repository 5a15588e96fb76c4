import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { callRecordKey } from "./call-record.ts";

/**
 * Creates the interceptor that turns whatever a service throws to a ConnectError and notes it in the call's record. What
 * a service throws because its signal aborted becomes the signal's reason; anything else unknown becomes `INTERNAL`
 * with a text that tells nothing.
 */
export function createFaultInterceptor(): Interceptor {
  return (next) => async (request) => {
    const record = request.contextValues.get(callRecordKey);
    const note = (thrown: unknown): ConnectError => {
      const error = toConnectError(thrown, request.signal);
      record.code = error.code;
      record.fault = error.code === Code.Internal && error.cause !== undefined ? error.cause : undefined;
      return error;
    };
    try {
      const response = await next(request);
      return response.stream ? { ...response, message: noteErrors(response.message, note) } : response;
    } catch (thrown) {
      throw note(thrown);
    }
  };
}

async function* noteErrors<T>(messages: AsyncIterable<T>, note: (thrown: unknown) => ConnectError): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (thrown) {
    throw note(thrown);
  }
}

function toConnectError(thrown: unknown, signal: AbortSignal): ConnectError {
  if (thrown instanceof ConnectError) {
    return thrown;
  }
  const isAbort = thrown === signal.reason || (thrown instanceof Error && thrown.name === "AbortError");
  if (signal.aborted && isAbort) {
    return signal.reason instanceof ConnectError
      ? signal.reason
      : new ConnectError("the client has gone away", Code.Canceled);
  }
  return new ConnectError("internal error", Code.Internal, undefined, undefined, thrown);
}
