import {
  type DescMessage,
  type DescMethod,
  fromBinary,
  fromJson,
  type Message,
  type Registry,
} from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import type { CallState, CallStatus, DirectionCount } from "./call.ts";
import { decodeDetail, pageStatus } from "./call-status.ts";
import { createEventLog, type EventLog, type MessageEvent } from "./event-log.ts";
import { idleState } from "./idle-state.ts";
import type { WireMessage } from "./wire-message.ts";

/** A message as it is kept: what the wire carried, and no more. */
interface SnapshotMessage extends Pick<MessageEvent, "direction" | "ordinal" | "atMs"> {
  readonly wire: WireMessage;
}

/** What is kept of a state as it is. */
type KeptState = Pick<
  CallState,
  | "protocol"
  | "requestedProtocol"
  | "startedAt"
  | "timing"
  | "halfClosed"
  | "headers"
  | "trailers"
  | "foldedFields"
  | "undecoded"
> & { readonly sent: DirectionCount; readonly received: DirectionCount };

/** What a call came to, made of nothing but plain values and bytes, so that it can be cloned and stored. */
export interface CallSnapshot {
  readonly version: number;
  /** The full names of the service and the method: `test.Greeter/SayHello`. */
  readonly method: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** What the messages, fields and details hold, in bytes. */
  readonly bytes: number;
  readonly state: KeptState;
  /** Undefined for a call that was still under way; decoded details are left out. */
  readonly status: CallStatus | undefined;
  /** How many messages there were; `messages` are the newest of them. */
  readonly total: number;
  readonly messages: readonly SnapshotMessage[];
}

/** How much of a call is kept. */
export interface SnapshotLimits {
  /** Default 2 MiB: of messages, in bytes after decompression. One that doesn't fit is left out, with all before it. */
  readonly maxBytes?: number;
  /** Default 2,000. */
  readonly maxMessages?: number;
}

/** Grows whenever snapshots are made of other things. */
const version = 1;

/** What a message takes besides its payload, in bytes: an estimate. */
const messageOverhead = 100;

/** Makes a snapshot of a call; undefined before its first run. */
export function takeSnapshot(state: CallState, savedAt: number, limits: SnapshotLimits = {}): CallSnapshot | undefined {
  const { phase, method, log, undecoded } = state;
  if (phase.kind === "idle" || method === undefined) {
    return undefined;
  }
  const { maxBytes = 2_097_152 } = limits;
  const { messages, bytes } = newestMessages(log, { maxBytes, maxMessages: limits.maxMessages ?? 2_000 });
  const isUndecodedKept = undecoded !== undefined && bytes + undecoded.payload.byteLength <= maxBytes;
  const { protocol, requestedProtocol, startedAt, timing, sent, received, halfClosed } = state;
  const { headers, trailers, foldedFields } = state;
  const status = phase.kind === "closed" ? withoutMessages(phase.status) : undefined;
  return {
    version,
    method: nameOf(method),
    savedAt,
    bytes: bytes + (isUndecodedKept ? undecoded.payload.byteLength : 0) + sizeOf({ headers, trailers, status }),
    state: {
      ...{
        protocol,
        requestedProtocol,
        startedAt,
        timing,
        sent,
        received,
        halfClosed,
        headers,
        trailers,
        foldedFields,
      },
      undecoded: isUndecodedKept ? ownBytes(undecoded) : undefined,
    },
    status,
    total: log.total,
    messages,
  };
}

/** The same snapshot with none of the messages. */
export function stripSnapshot(snapshot: CallSnapshot): CallSnapshot {
  const { state, status } = snapshot;
  const bytes = sizeOf({ headers: state.headers, trailers: state.trailers, status });
  return { ...snapshot, bytes, messages: [], state: { ...state, undecoded: undefined } };
}

/**
 * The state of which a snapshot was made; undefined where it is of another method or of another version of the page. A call
 * that was under way has ended: the page was reloaded. Messages that the schema can't read any more are left out, with all
 * before them.
 */
export function restoreState(
  snapshot: CallSnapshot,
  { method, registry }: { readonly method: DescMethod; readonly registry: Registry },
): CallState | undefined {
  if (snapshot.version !== version || snapshot.method !== nameOf(method)) {
    return undefined;
  }
  const { state, savedAt, total } = snapshot;
  const events = decodeNewest(snapshot.messages, (direction, wire) =>
    decode(wire, direction === "sent" ? method.input : method.output, registry),
  );
  const log = createEventLog({}, total - events.length);
  events.forEach(log.append);
  const endedMs = state.timing.endedMs ?? savedAt - (state.startedAt ?? savedAt);
  const { headersMs, firstMessageMs } = state.timing;
  return {
    ...idleState(),
    ...state,
    timing: { ...state.timing, endedMs },
    ...{ headersMs, firstMessageMs, endedMs, method, registry, log },
    phase: { kind: "closed", status: restoreStatus(snapshot.status, registry) },
    restored: { savedAt, leftOut: total - events.length },
  };
}

function restoreStatus(status: CallStatus | undefined, registry: Registry): CallStatus {
  if (status === undefined) {
    return pageStatus(Code.Canceled, "the page was reloaded");
  }
  const details = status.details.map(({ typeName, value }) => ({
    typeName,
    value,
    message: decodeDetail(typeName, value, registry),
  }));
  return { ...status, details };
}

function nameOf({ parent, name }: DescMethod): string {
  return `${parent.typeName}/${name}`;
}

function newestMessages(log: EventLog, { maxBytes, maxMessages }: Required<SnapshotLimits>) {
  const newestFirst: SnapshotMessage[] = [];
  let bytes = 0;
  for (let position = log.length - 1; position >= 0 && newestFirst.length < maxMessages; position--) {
    const event = log.at(position);
    const eventBytes = messageOverhead + (event?.wire?.payload.byteLength ?? 0);
    if (event?.wire === undefined || bytes + eventBytes > maxBytes) {
      break;
    }
    const { direction, ordinal, atMs, wire } = event;
    newestFirst.push({ direction, ordinal, atMs, wire: ownBytes(wire) });
    bytes += eventBytes;
  }
  return { messages: newestFirst.reverse(), bytes };
}

/** A payload may be a view of much more, and all of that would be cloned. */
function ownBytes(wire: WireMessage): WireMessage {
  return { ...wire, payload: wire.payload.slice() };
}

function withoutMessages(status: CallStatus): CallStatus {
  const details = status.details.map(({ typeName, value }) => ({ typeName, value: value.slice(), message: undefined }));
  return { ...status, details };
}

function sizeOf({
  headers = [],
  trailers = [],
  status,
}: Pick<CallState, "headers" | "trailers"> & Pick<CallSnapshot, "status">): number {
  const fieldBytes = [...headers, ...trailers].reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  const detailBytes = (status?.details ?? []).reduce((sum, { value }) => sum + value.byteLength, 0);
  return fieldBytes + detailBytes + (status?.message.length ?? 0);
}

function decodeNewest(
  messages: readonly SnapshotMessage[],
  decodeMessage: (direction: SnapshotMessage["direction"], wire: WireMessage) => Message | undefined,
): Omit<MessageEvent, "index">[] {
  const newestFirst: Omit<MessageEvent, "index">[] = [];
  for (const { direction, ordinal, atMs, wire } of messages.toReversed()) {
    const message = decodeMessage(direction, wire);
    if (message === undefined) {
      break;
    }
    newestFirst.push({ direction, ordinal, atMs, message, wireBytes: wire.carriedBytes, wire });
  }
  return newestFirst.reverse();
}

function decode({ format, payload }: WireMessage, type: DescMessage, registry: Registry): Message | undefined {
  try {
    return format === "binary"
      ? fromBinary(type, payload)
      : fromJson(type, JSON.parse(new TextDecoder().decode(payload)), { registry, ignoreUnknownFields: true });
  } catch {
    return undefined;
  }
}
