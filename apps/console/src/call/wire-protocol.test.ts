import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, it } from "vitest";
import { allWires, defaultProtocol, protocolsFor, type ServerWire } from "./wire-protocol.ts";

const { sayHello } = Greeter.method;
const { testClientRecvStream, testTwoWayStream } = demo.method;

describe("protocolsFor()", () => {
  it.each([
    [["grpc"], ["grpc-web", "websocket"], ["websocket"]],
    [["grpc-web"], ["grpc-web"], []],
    [["connect"], ["connect-json", "connect-binary"], []],
    [[...allWires], ["connect-json", "connect-binary", "grpc-web", "websocket"], ["websocket"]],
  ] as const)("offers for a server that speaks %j", (wires, one, many) => {
    const spoken = new Set<ServerWire>(wires);
    expect(protocolsFor(sayHello, spoken)).toEqual(one);
    expect(protocolsFor(testTwoWayStream, spoken)).toEqual(many);
  });
});

describe("defaultProtocol()", () => {
  it.each([
    [["grpc"], "grpc-web", "websocket"],
    [["connect"], "connect-json", "connect-json"],
    [["grpc-web"], "grpc-web", "grpc-web"],
    [[...allWires], "connect-json", "websocket"],
  ] as const)("for a server that speaks %j", (wires, unary, stream) => {
    const spoken = new Set<ServerWire>(wires);
    expect([defaultProtocol(sayHello, spoken), defaultProtocol(testClientRecvStream, spoken)]).toEqual([unary, stream]);
  });
});
