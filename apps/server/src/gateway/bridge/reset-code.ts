import { constants } from "node:http2";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";

/**
 * The code with which a server reset its stream, for a client of gRPC that is to see just that. Undefined where it did
 * not, or the code is none of RFC 9113.
 */
export function resetCodeOf({ kind, endedBy, parameters }: UpstreamFault): number | undefined {
  if (endedBy !== "upstream" || (kind !== "reset" && kind !== "protocol-error")) {
    return undefined;
  }
  return codes.get(parameters?.code ?? "");
}

const codes: ReadonlyMap<string, number> = new Map([
  ["NO_ERROR", constants.NGHTTP2_NO_ERROR],
  ["PROTOCOL_ERROR", constants.NGHTTP2_PROTOCOL_ERROR],
  ["INTERNAL_ERROR", constants.NGHTTP2_INTERNAL_ERROR],
  ["FLOW_CONTROL_ERROR", constants.NGHTTP2_FLOW_CONTROL_ERROR],
  ["STREAM_CLOSED", constants.NGHTTP2_STREAM_CLOSED],
  ["REFUSED_STREAM", constants.NGHTTP2_REFUSED_STREAM],
  ["CANCEL", constants.NGHTTP2_CANCEL],
  ["CONNECT_ERROR", constants.NGHTTP2_CONNECT_ERROR],
  ["ENHANCE_YOUR_CALM", constants.NGHTTP2_ENHANCE_YOUR_CALM],
  ["INADEQUATE_SECURITY", constants.NGHTTP2_INADEQUATE_SECURITY],
]);
