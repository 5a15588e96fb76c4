import { statusName } from "@switchboard/wire/status-name.ts";
import type { Http2Frame } from "./http2-frames.ts";

/** The name of the status in a whole answer, whichever of the protocols it is in; `OK` where it tells of none. */
export function wireStatus(answer: string): string {
  const [, status, code] = /grpc-status: ?(\d+)|"code":"(\w+)"/.exec(answer) ?? [];
  return status === undefined ? (code?.toUpperCase() ?? "OK") : statusName(Number(status));
}

/** An answer as text, one line for each field, and the data as latin1. */
export function answerText(frames: readonly Http2Frame[]): string {
  return frames
    .map(({ type, fields, payload }) => {
      const lines = [...(fields ?? [])].map(([name, value]) => `${name}: ${value}\n`);
      return type === 0 ? payload.toString("latin1") : lines.join("");
    })
    .join("");
}
