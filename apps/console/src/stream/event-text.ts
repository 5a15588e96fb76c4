import type { DescMethod, Registry } from "@bufbuild/protobuf";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { compactText } from "../message/json-text.ts";
import { viewMessage } from "../message/view-message.ts";

/** What is needed to read a call's messages. */
export interface EventTextOptions {
  readonly method: DescMethod;
  readonly registry: Registry;
}

/** A message as JSON on one line, broken off soon after `limit` characters. */
export function eventText(event: MessageEvent, { method, registry }: EventTextOptions, limit?: number): string {
  const desc = event.direction === "sent" ? method.input : method.output;
  return compactText(viewMessage(desc, event.message, { registry }), limit);
}

/** The log as NDJSON: direction, place, time and size of each message, and the message itself. */
export function ndjsonText(log: EventLog, options: EventTextOptions): string {
  const lines: string[] = [];
  for (let position = 0; position < log.length; position++) {
    const event = log.at(position);
    if (event !== undefined) {
      const { direction, ordinal, atMs, wireBytes } = event;
      const head = JSON.stringify({ direction, ordinal, atMs: Math.round(atMs * 1_000) / 1_000, wireBytes });
      lines.push(`${head.slice(0, -1)},"message":${eventText(event, options)}}\n`);
    }
  }
  return lines.join("");
}
