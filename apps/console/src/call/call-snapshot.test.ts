import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { typeRegistry } from "../schema/type-registry.ts";
import type { CallState } from "./call.ts";
import { restoreState, stripSnapshot, takeSnapshot } from "./call-snapshot.ts";
import { createEventLog, type MessageEvent } from "./event-log.ts";
import { idleState } from "./idle-state.ts";
import type { WireMessage } from "./wire-message.ts";

const { sayHello } = Greeter.method;
const { testTwoWayStream } = demo.method;
const savedAt = 5_000;

function binary(payload: Uint8Array): WireMessage {
  return { flags: 0, carriedBytes: payload.byteLength, payload, format: "binary", compression: undefined };
}

function helloState(change: Partial<CallState> = {}): CallState {
  const log = createEventLog();
  const request = create(sayHello.input, { name: "Ada" });
  const reply = create(sayHello.output, { message: "Hello, Ada!" });
  const json = new TextEncoder().encode(toJsonString(sayHello.input, request));
  const sent: WireMessage = { ...binary(json), flags: undefined, format: "json" };
  // A view of a larger buffer, as transports give it.
  const received = binary(new Uint8Array([9, ...toBinary(sayHello.output, reply), 9]).subarray(1, -1));
  log.append({ direction: "sent", ordinal: 1, atMs: 1, message: request, wireBytes: json.byteLength, wire: sent });
  log.append({ direction: "received", ordinal: 1, atMs: 2, message: reply, wireBytes: 13, wire: received });
  const timing = {
    sentMs: 1,
    acceptedMs: undefined,
    headersMs: 2,
    firstMessageMs: 3,
    lastMessageMs: 3,
    endedMs: 4,
  };
  return {
    ...idleState(),
    runId: 7,
    phase: { kind: "closed", status: { code: 0, name: "OK", message: "", details: [], origin: "server" } },
    method: sayHello,
    registry: typeRegistry,
    protocol: "grpc-web",
    requestedProtocol: "grpc-web",
    startedAt: 1_000,
    timing,
    ...{ headersMs: 2, firstMessageMs: 3, endedMs: 4 },
    sent: { messages: 1, bytes: json.byteLength },
    received: { messages: 1, bytes: 13 },
    halfClosed: true,
    headers: [
      ["x-a", "1"],
      ["x-a", "2"],
    ],
    trailers: [["grpc-status", "0"]],
    foldedFields: true,
    log,
    ...change,
  };
}

function streamState(sizes: readonly number[]): CallState {
  const log = createEventLog();
  sizes.forEach((size, i) => {
    const message = create(testTwoWayStream.output, { result: "x".repeat(size) });
    const payload = toBinary(testTwoWayStream.output, message);
    const wireBytes = payload.byteLength;
    log.append({ direction: "received", ordinal: i + 1, atMs: i, message, wireBytes, wire: binary(payload) });
  });
  return helloState({ method: testTwoWayStream, log, phase: { kind: "open" }, halfClosed: false });
}

function eventsOf({ log }: CallState): (MessageEvent | undefined)[] {
  return Array.from({ length: log.length }, (_, i) => log.at(i));
}

/** Through what a store does with it. */
function reload(state: CallState, limits?: Parameters<typeof takeSnapshot>[2]): CallState | undefined {
  const snapshot = takeSnapshot(state, savedAt, limits);
  return (
    snapshot && restoreState(structuredClone(snapshot), { method: state.method ?? sayHello, registry: typeRegistry })
  );
}

describe("a snapshot", () => {
  it("brings a whole call back, as one that was kept", () => {
    const state = helloState();
    const restored = reload(state);
    expect(restored).toEqual({ ...state, runId: 0, log: expect.anything(), restored: { savedAt, leftOut: 0 } });
    expect(restored && eventsOf(restored)).toEqual(eventsOf(state));
  });

  it("holds no more of a message than its own bytes", () => {
    const snapshot = takeSnapshot(helloState(), savedAt);
    const lengths = snapshot?.messages.map(({ wire }) => wire.payload.buffer.byteLength);
    expect(lengths).toEqual([14, 13]);
  });

  it("is not made before the first run", () => {
    expect(takeSnapshot(idleState(), savedAt)).toBeUndefined();
  });

  it("ends a call that was under way, since the page was reloaded", () => {
    const { timing } = helloState();
    const restored = reload(helloState({ phase: { kind: "open" }, timing: { ...timing, endedMs: undefined } }));
    expect(restored?.phase).toMatchObject({
      kind: "closed",
      status: { name: "CANCELLED", message: "the page was reloaded", origin: "page" },
    });
    expect(restored?.timing.endedMs).toBe(4_000);
  });

  it("decodes details of an error anew, and keeps those of unknown types", () => {
    const detail = anyPack(BadRequestSchema, create(BadRequestSchema, { fieldViolations: [{ field: "name" }] }));
    const details = [
      { typeName: "google.rpc.BadRequest", value: detail.value, message: undefined },
      { typeName: "nobody.Knows", value: Uint8Array.of(1), message: undefined },
    ];
    const status = { code: 3, name: "INVALID_ARGUMENT", message: "no", details, origin: "server" } as const;
    const restored = reload(helloState({ phase: { kind: "closed", status } }));
    expect(restored?.phase).toMatchObject({
      status: { details: [{ message: { fieldViolations: [{ field: "name" }] } }, { ...details[1] }] },
    });
  });

  it("keeps the newest messages that fit, whole and without gaps, and counts the rest", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400), { maxLength: 30 }),
        fc.nat(3_000),
        fc.integer({ min: 1, max: 20 }),
        (sizes, maxBytes, maxMessages) => {
          const state = streamState(sizes);
          const restored = reload(state, { maxBytes, maxMessages });
          const kept = restored ? eventsOf(restored) : [];
          expect(kept).toEqual(eventsOf(state).slice(sizes.length - kept.length));
          expect(restored?.restored?.leftOut).toBe(sizes.length - kept.length);
          expect(restored?.log).toMatchObject({ total: sizes.length, dropped: sizes.length - kept.length });
          expect(kept.length).toBeLessThanOrEqual(maxMessages);
          const held = kept.reduce((sum, event) => sum + 100 + (event?.wireBytes ?? 0), 0);
          expect(held).toBeLessThanOrEqual(maxBytes);
        },
      ),
    );
  });

  it("leaves out an answer that is too large, and keeps all else", () => {
    const restored = reload(helloState(), { maxBytes: 50 });
    expect(restored).toMatchObject({
      restored: { leftOut: 2 },
      log: { length: 0, total: 2 },
      headers: [["x-a", "1"], {}],
    });
  });

  it("loses its messages alone when it is stripped", () => {
    const snapshot = takeSnapshot(helloState({ undecoded: binary(new Uint8Array(500)) }), savedAt);
    expect(snapshot?.bytes).toBeGreaterThan(700);
    const stripped = snapshot && stripSnapshot(snapshot);
    expect(stripped?.bytes).toBeLessThan(50);
    const restored = stripped && restoreState(stripped, { method: sayHello, registry: typeRegistry });
    expect(restored).toMatchObject({
      restored: { leftOut: 2 },
      undecoded: undefined,
      trailers: [["grpc-status", "0"]],
    });
  });

  it("keeps the message at which the transport failed where it fits", () => {
    const undecoded = binary(new Uint8Array(500));
    expect(reload(helloState({ undecoded }))?.undecoded).toEqual(undecoded);
    expect(reload(helloState({ undecoded }), { maxBytes: 400 })?.undecoded).toBeUndefined();
  });

  it("is not read for another method, nor by another version", () => {
    const snapshot = takeSnapshot(helloState(), savedAt) ?? expect.unreachable();
    const place = { method: sayHello, registry: typeRegistry };
    expect(restoreState(snapshot, { ...place, method: testTwoWayStream })).toBeUndefined();
    expect(restoreState({ ...snapshot, version: 0 }, place)).toBeUndefined();
  });

  it("leaves out messages that the schema can't read any more", () => {
    const state = helloState();
    const torn = binary(Uint8Array.of(10, 200));
    const log = createEventLog();
    for (const event of eventsOf(state)) {
      log.append({ ...(event ?? expect.unreachable()), ...(event?.direction === "sent" ? { wire: torn } : {}) });
    }
    const restored = reload({ ...state, log });
    expect(restored).toMatchObject({ restored: { leftOut: 1 }, log: { length: 1, total: 2 } });
  });
});
