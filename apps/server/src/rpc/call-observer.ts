import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { codeFromHttpStatus } from "@connectrpc/connect/protocol-grpc";
import { statusName } from "@switchboard/wire/status-name.ts";
import type { CallLine, CallLog } from "./call-log.ts";
import type { CallRecord } from "./call-record.ts";
import type { CallRequest } from "./call-request.ts";
import { observeBody } from "./observed-body.ts";
import { readResponseStatus } from "./response-status.ts";
import { protocolOf, type WireForm } from "./wire-form.ts";

/** Follows one call from its request to its end. */
export interface CallObserver {
  readonly record: CallRecord;
  /** Notes bytes of the request's body. */
  readonly onBytesIn: (bytes: number) => void;
  /** Has `callback` called when the call has ended. */
  readonly onEnd: (callback: () => void) => void;
  /** Follows the response, and writes the call's line when its body has ended. Called once. */
  readonly observe: (response: UniversalServerResponse) => UniversalServerResponse;
}

const cancelled = 1;

/** Creates the observer of a call that begins now. */
export function createCallObserver(request: CallRequest, form: WireForm | undefined, log: CallLog): CallObserver {
  const start = performance.now();
  const record: CallRecord = { code: undefined, fault: undefined };
  const callbacks: (() => void)[] = [];
  const counts = { bytesIn: 0, bytesOut: 0 };
  const end = (response: UniversalServerResponse, status: number) => {
    for (const callback of callbacks) {
      callback();
    }
    const line: CallLine = {
      method: request.path,
      protocol: protocolName(request, form),
      peer: request.peer,
      status: statusName(status),
      ...(response.status === 200 ? undefined : { httpStatus: response.status }),
      durationMs: Math.round((performance.now() - start) * 1000) / 1000,
      ...counts,
    };
    log(line, record.fault);
  };
  return {
    record,
    onBytesIn(bytes) {
      counts.bytesIn += bytes;
    },
    onEnd: (callback) => callbacks.push(callback),
    observe(response) {
      let last: Uint8Array | undefined;
      const endComplete = () =>
        end(response, readResponseStatus(response, last) ?? record.code ?? codeFromHttpStatus(response.status));
      if (response.body === undefined) {
        endComplete();
        return response;
      }
      const body = observeBody(response.body, {
        onChunk(chunk) {
          counts.bytesOut += chunk.byteLength;
          last = chunk;
        },
        onEnd: (complete) => (complete ? endComplete() : end(response, cancelled)),
      });
      return { ...response, body };
    },
  };
}

function protocolName({ carrier }: CallRequest, form: WireForm | undefined): CallLine["protocol"] {
  if (carrier === "websocket") {
    return "websocket";
  }
  return form === undefined ? "unknown" : protocolOf(form);
}
