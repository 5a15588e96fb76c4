import { serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import { encodeWebSocketFrame, initialCredit, maxDataPayload } from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it } from "vitest";
import type { GatewayTarget } from "./target.ts";
import { createWebSocketCall } from "./websocket-call.ts";

const header = encodeWebSocketFrame({ kind: "headers", payload: serializeHeaderBlock(new Headers({ a: "b" })) });
const data = encodeWebSocketFrame({ kind: "data", payload: new Uint8Array(maxDataPayload) });

/** A call to a target that never answers and never reads. */
function createParkedCall() {
  const events: string[] = [];
  const target: GatewayTarget = {
    name: "parked",
    open: ({ signal }) => {
      signal.addEventListener("abort", () => events.push(`abort ${signal.reason.rawMessage}`));
      return new Promise(() => {});
    },
  };
  const call = createWebSocketCall({
    socket: {
      send: () => events.push("frame"),
      drained: () => Promise.resolve(),
      end: (trailer, code) => events.push(`end ${trailer.get("grpc-status")} ${code}`),
    },
    target,
    path: "/a/B",
    peer: "peer",
    closeCode: () => 1000,
  });
  return { call, events };
}

describe("createWebSocketCall()", () => {
  it("takes as much as the initial credit without a reader", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    for (let sent = 0; sent < initialCredit; sent += maxDataPayload) {
      call.receive(data);
    }
    expect(events).toEqual([]);
    expect(call.isOpen()).toBe(true);
  });

  it("ends with RESOURCE_EXHAUSTED when the client sends beyond its credit", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    for (let sent = 0; sent <= initialCredit; sent += maxDataPayload) {
      call.receive(data);
    }
    expect(events).toEqual([
      "abort the peer sent 65536 bytes with 0 bytes of credit left; it must wait for more",
      "end 8 1002",
    ]);
  });

  it("aborts the target's call when the socket closes, and sends nothing", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    call.socketClosed();
    call.receive(data);
    expect(events).toEqual(["abort the client has gone away"]);
  });

  it("ends once, with what came first", () => {
    const { call, events } = createParkedCall();
    call.receive(header);
    call.receive(encodeWebSocketFrame({ kind: "cancel", payload: new Uint8Array() }));
    call.receive(Uint8Array.of(99));
    expect(events).toEqual(["abort the client has cancelled the call", "end 1 1000"]);
  });
});
