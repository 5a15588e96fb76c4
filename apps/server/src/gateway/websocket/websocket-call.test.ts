import { parseHeaderFields, serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  initialCredit,
  maxDataPayload,
} from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import { findField } from "../bridge/response-fields.ts";
import type { TargetCallEvents } from "./target-call.ts";
import { createWebSocketCall } from "./websocket-call.ts";

const header = encodeWebSocketFrame({ kind: "headers", payload: serializeHeaderBlock(new Headers({ a: "b" })) });
const data = encodeWebSocketFrame({ kind: "data", payload: new Uint8Array(maxDataPayload) });
const cancel = encodeWebSocketFrame({ kind: "cancel", payload: new Uint8Array() });

/** A call to a target that never answers and never reads, but tells what the test has it tell. */
function createParkedCall() {
  const events: string[] = [];
  let told: TargetCallEvents | undefined;
  const call = createWebSocketCall({
    socket: {
      send: (frame) => events.push(decodeWebSocketFrame(frame).kind),
      hasRoom: () => true,
      onceRoom: (callback) => callback(),
      end: (trailers, code) => events.push(`end ${findField(trailers, "grpc-status")} ${code}`),
    },
    start: (fields, _credit, listener) => {
      events.push(`start ${fields.join(" ")}`);
      told = listener;
      return {
        isLogged: false,
        push: () => events.push("push"),
        halfClose: () => events.push("half-close"),
        hold: () => events.push("hold"),
        release: () => events.push("release"),
        cancel: () => events.push("let go"),
      };
    },
    closeCode: () => 1000,
    log: ({ code, endedBy, bytesIn, bytesOut }) => events.push(`log ${code} ${endedBy} ${bytesIn} ${bytesOut}`),
  });
  return { call, events, tell: () => told as TargetCallEvents };
}

describe("createWebSocketCall()", () => {
  it("takes as much as the initial credit without a reader", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    for (let sent = 0; sent < initialCredit; sent += maxDataPayload) {
      call.receive(data);
    }
    expect(events).toEqual(["start a b", "push", "push", "push", "push"]);
    expect(call.isOpen()).toBe(true);
  });

  it("ends with RESOURCE_EXHAUSTED when the client sends beyond its credit", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    for (let sent = 0; sent <= initialCredit; sent += maxDataPayload) {
      call.receive(data);
    }
    expect(events.slice(5)).toEqual(["let go", `log 8 gateway ${initialCredit} 0`, "end 8 1002"]);
  });

  it("cancels the target's call when the socket closes, and sends nothing", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    call.socketClosed();
    call.receive(data);
    expect(events).toEqual(["start a b", "let go", "log 1 client 0 0"]);
  });

  it("is no call where the socket closes before its header", () => {
    const { call, events } = createParkedCall();
    call.socketClosed();
    expect(events).toEqual([]);
  });

  it("ends once, with what came first", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    call.receive(cancel);
    call.receive(Uint8Array.of(99));
    call.socketClosed();
    expect(events).toEqual(["start a b", "let go", "log 1 client 0 0", "end 1 1000"]);
  });

  it("keeps a second half-close to itself", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    call.receive(encodeWebSocketFrame({ kind: "halfClose" }));
    call.receive(encodeWebSocketFrame({ kind: "halfClose" }));
    expect(call.isOpen()).toBe(true);
    expect(events.filter((event) => event.startsWith("end"))).toEqual([]);
  });

  it("sends the status behind data that waits for credit", () => {
    const { call, events, tell } = createParkedCall();
    call.receive(header);
    tell().onHeader(["x-a", "1"]);
    for (let sent = 0; sent <= initialCredit; sent += maxDataPayload) {
      tell().onData(new Uint8Array(maxDataPayload));
    }
    tell().onEnd(["grpc-status", "0"], { code: 0, endedBy: "upstream" });
    expect(events).toEqual(["start a b", "headers", "data", "data", "data", "data", "hold"]);
    call.receive(encodeWebSocketFrame({ kind: "credit", bytes: maxDataPayload }));
    const bytesOut = initialCredit + maxDataPayload;
    expect(events.slice(7)).toEqual(["data", "release", "let go", `log 0 upstream 0 ${bytesOut}`, "end 0 1000"]);
  });

  it("sends the status of a call that fails at once, whatever waits for credit", () => {
    const { call, events, tell } = createParkedCall();
    call.receive(header);
    tell().onData(new Uint8Array(2 * initialCredit));
    events.length = 0;
    tell().onFail(["grpc-status", "4"], { code: 4, endedBy: "gateway" });
    call.receive(encodeWebSocketFrame({ kind: "credit", bytes: maxDataPayload }));
    expect(events).toEqual(["let go", `log 4 gateway 0 ${2 * initialCredit}`, "end 4 1000"]);
  });

  it("ends with an error where the response's metadata is longer than a frame", () => {
    const { call, events, tell } = createParkedCall();
    call.receive(header);
    tell().onHeader(["x-a", "a".repeat(300_000)]);
    expect(events.at(-1)).toBe("end 8 1000");
  });
});

describe("a header frame", () => {
  it("keeps repeated metadata apart, in its order", () => {
    const { call, events } = createParkedCall();
    const payload = new TextEncoder().encode("b: 1\r\na: 2\r\nb: 3\r\n");
    call.receive(encodeWebSocketFrame({ kind: "headers", payload }));
    expect(events).toEqual([`start ${parseHeaderFields(payload).join(" ")}`]);
    expect(events).toEqual(["start b 1 a 2 b 3"]);
  });
});
