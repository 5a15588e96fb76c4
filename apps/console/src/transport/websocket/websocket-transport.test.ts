import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { parseHeaderBlock, serializeHeaderBlock } from "@switchboard/wire/header-block.ts";
import {
  decodeWebSocketFrame,
  encodeWebSocketFrame,
  initialCredit,
  maxDataPayload,
  type WebSocketFrame,
  websocketSubprotocol,
} from "@switchboard/wire/websocket-frame.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { type WebSocket as PeerSocket, WebSocketServer } from "ws";
import { BrokenConnection } from "../../call/broken-connection.ts";
import type { HeaderFields } from "../../call/call.ts";
import { type CallOptions, defaultCallOptions } from "../../call/call-options.ts";
import { silentTap } from "../../call/silent-tap.ts";
import type { WireMessage } from "../../call/wire-message.ts";
import type { WireTap } from "../../call/wire-tap.ts";
import { typeRegistry } from "../../schema/type-registry.ts";
import { createWebSocketTransport } from "./websocket-transport.ts";

/** The server's side of one socket, frame by frame. */
interface Peer {
  readonly socket: PeerSocket;
  send(...frames: WebSocketFrame[]): void;
  /** Resolves with the first frame of that kind, also one that came already. */
  frame(kind: WebSocketFrame["kind"]): Promise<WebSocketFrame>;
  readonly frames: readonly WebSocketFrame[];
  readonly path: string;
}

/** Starts a server whose side of each socket a test plays, and a transport to it. */
async function createRig(
  play: (peer: Peer) => void,
  rig: { subprotocol?: string; tap?: WireTap; options?: CallOptions } = {},
) {
  const { subprotocol = websocketSubprotocol, tap = silentTap, options } = rig;
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => subprotocol });
  onTestFinished(() => {
    for (const client of server.clients) {
      client.terminate();
    }
    server.close();
  });
  await once(server, "listening");
  server.on("connection", (socket, { url = "" }) => play(createPeer(socket, url)));
  const { port } = server.address() as AddressInfo;
  return createWebSocketTransport({
    baseUrl: `http://127.0.0.1:${port}/base/gateway/local`,
    webSocket: WebSocket,
    registry: typeRegistry,
    tap,
    nextTurn: setImmediate,
    options,
    token: "s3cret",
  });
}

function createPeer(socket: PeerSocket, path: string): Peer {
  const frames: WebSocketFrame[] = [];
  const arrivals = new EventTarget();
  socket.on("message", (data: Buffer) => {
    frames.push(decodeWebSocketFrame(new Uint8Array(data)));
    arrivals.dispatchEvent(new Event("frame"));
  });
  return {
    socket,
    path,
    frames,
    send(...sent) {
      for (const one of sent) {
        socket.send(encodeWebSocketFrame(one));
      }
    },
    async frame(kind) {
      for (;;) {
        const found = frames.find((one) => one.kind === kind);
        if (found !== undefined) {
          return found;
        }
        await once(arrivals, "frame");
      }
    },
  };
}

function block(fields: Record<string, string>): Uint8Array {
  return serializeHeaderBlock(new Headers(fields));
}

const header: WebSocketFrame = { kind: "headers", payload: block({ "content-type": "application/grpc-web+proto" }) };
const ok: WebSocketFrame = { kind: "trailers", payload: block({ "grpc-status": "0" }) };
const reply = toBinary(
  Greeter.method.sayHello.output,
  create(Greeter.method.sayHello.output, { message: "Hello, Ada!" }),
);
const data: WebSocketFrame = { kind: "data", payload: encodeEnvelope(0, reply) };

const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

function errorOf(promise: Promise<unknown>): Promise<ConnectError> {
  return promise.then(
    () => expect.unreachable(),
    (error) => ConnectError.from(error),
  );
}

async function failureOf(play: (peer: Peer) => void, subprotocol?: string): Promise<ConnectError> {
  const transport = await createRig(play, { subprotocol });
  return errorOf(createClient(Greeter, transport).sayHello({ name: "Ada" }));
}

describe("createWebSocketTransport()", () => {
  it("serves a generated client, with path, token, metadata and deadline", async () => {
    const peers: Peer[] = [];
    const transport = await createRig((peer) => {
      peers.push(peer);
      peer.send(header, data, ok);
    });
    const options = { headers: { "x-a": "1" }, timeoutMs: 5_000 };
    const answer = await createClient(Greeter, transport).sayHello({ name: "Ada" }, options);
    expect(answer.message).toBe("Hello, Ada!");
    expect(peers[0]?.path).toBe("/base/gateway/local/Greeter/SayHello");
    const sent = await peers[0]?.frame("headers");
    const fields = parseHeaderBlock((sent as { payload: Uint8Array }).payload);
    expect(Object.fromEntries(fields)).toMatchObject({
      "content-type": "application/grpc-web+proto",
      "grpc-timeout": "5000m",
      "x-a": "1",
      "x-switchboard-token": "s3cret",
    });
  });

  it("takes a message whose bytes come one by one", async () => {
    const transport = await createRig((peer) => {
      peer.send(header);
      for (const byte of encodeEnvelope(0, reply)) {
        peer.send({ kind: "data", payload: Uint8Array.of(byte) });
      }
      peer.send(ok);
    });
    expect((await createClient(Greeter, transport).sayHello({})).message).toBe("Hello, Ada!");
  });

  it("takes a status without a header", async () => {
    const payload = block({ "grpc-status": "5", "grpc-message": "no%20such%20thing" });
    const error = await failureOf((peer) => peer.send({ kind: "trailers", payload }));
    expect(error).toMatchObject({ code: Code.NotFound, rawMessage: "no such thing", isWireError: true });
  });

  it.each([
    ["nothing", (_: Peer) => undefined],
    ["a header", (peer: Peer) => peer.send(header)],
    ["a header and a message", (peer: Peer) => peer.send(header, data)],
    ["half of a message", (peer: Peer) => peer.send(header, { kind: "data", payload: Uint8Array.of(0, 0, 0) })],
  ])("is UNAVAILABLE when the socket closes after %s, whatever the close code", async (_, play) => {
    for (const code of [1000, 1011, 4000]) {
      const error = await failureOf((peer) => {
        play(peer);
        peer.socket.close(code, "grpc-status: 0");
      });
      expect(error).toMatchObject({ code: Code.Unavailable, cause: expect.any(BrokenConnection) });
      expect(error.rawMessage).toBe("the connection closed before the call's status came");
    }
  });

  it("is UNAVAILABLE when the server speaks another subprotocol", async () => {
    const error = await failureOf(() => undefined, "");
    expect(error).toMatchObject({ code: Code.Unavailable, cause: expect.any(BrokenConnection) });
  });

  it.each<[string, (peer: Peer) => void]>([
    ["an empty frame", ({ socket }) => socket.send(Buffer.of())],
    ["a frame of the unknown kind 99", ({ socket }) => socket.send(Buffer.of(99))],
    ["a text message", ({ socket }) => socket.send("hello")],
    ["data before its header", (peer) => peer.send(data)],
    ["a second header", (peer) => peer.send(header, header)],
    ["a header line", (peer) => peer.send({ kind: "headers", payload: Buffer.from("no colon\r\n") })],
    ["trailers without grpc-status", (peer) => peer.send(header, { kind: "trailers", payload: block({}) })],
    ["a frame of the kind halfClose", (peer) => peer.send({ kind: "halfClose" })],
    ["a frame of the kind cancel", (peer) => peer.send({ kind: "cancel", payload: Uint8Array.of() })],
  ])("ends a call at %s, and cancels it", async (what, play) => {
    const cancelled = Promise.withResolvers<WebSocketFrame>();
    const error = await failureOf((peer) => {
      play(peer);
      peer.frame("cancel").then(cancelled.resolve);
    });
    expect(error).toMatchObject({ code: Code.Internal, isWireError: false });
    expect(error.rawMessage).toContain(`the peer sent ${what}`);
    expect(await cancelled.promise).toEqual({ kind: "cancel", payload: new Uint8Array() });
  });

  it("refuses a message over the limit at its announced length", async () => {
    const prefix = new Uint8Array(5);
    new DataView(prefix.buffer).setUint32(1, 67_108_865);
    const error = await failureOf((peer) => peer.send(header, { kind: "data", payload: prefix }));
    expect(error).toMatchObject({ code: Code.ResourceExhausted, isWireError: false });
  });

  it("refuses more data than it gave credit for", async () => {
    const full: WebSocketFrame = { kind: "data", payload: new Uint8Array(maxDataPayload) };
    const cancelled = Promise.withResolvers<WebSocketFrame>();
    const transport = await createRig((peer) => {
      peer.frame("cancel").then(cancelled.resolve);
      peer.send(header, ...Array.from({ length: initialCredit / maxDataPayload + 1 }, () => full));
    });
    const { testClientRecvStream } = demo.method;
    async function* one() {
      yield create(testClientRecvStream.input);
    }
    const { message } = await transport.stream(testClientRecvStream, undefined, undefined, undefined, one());
    // Nothing reads the stream until then, so that no credit comes back.
    await cancelled.promise;
    await expect(Array.fromAsync(message)).rejects.toMatchObject({ code: Code.ResourceExhausted });
  });

  it("sends no more than the credit until more is given, and then the rest", async () => {
    const played = Promise.withResolvers<Peer>();
    const transport = await createRig(played.resolve);
    const answer = createClient(Greeter, transport).sayHello({ name: "x".repeat(initialCredit) });
    const peer = await played.promise;
    const sentBytes = () =>
      peer.frames.reduce((sum, one) => sum + (one.kind === "data" ? one.payload.byteLength : 0), 0);
    await expect.poll(sentBytes).toBe(initialCredit);
    expect(peer.frames.some(({ kind }) => kind === "halfClose")).toBe(false);
    peer.send({ kind: "credit", bytes: 1000 });
    await peer.frame("halfClose");
    // The field's tag and length, and the envelope's prefix.
    expect(sentBytes()).toBe(initialCredit + 4 + 5);
    peer.send(header, data, ok);
    expect((await answer).message).toBe("Hello, Ada!");
  });

  it("sends messages that are ready together in one frame, and tells of each", async () => {
    const lengths: number[] = [];
    const tap = { ...silentTap, requestMessage: ({ carriedBytes }: WireMessage) => lengths.push(carriedBytes) };
    const played = Promise.withResolvers<Peer>();
    const transport = await createRig(played.resolve, { tap });
    const { testClientSendStream } = demo.method;
    async function* many() {
      for (let n = 0; n < 1000; n++) {
        yield create(testClientSendStream.input, { data: "x" });
      }
    }
    const stream = transport.stream(testClientSendStream, undefined, undefined, undefined, many());
    const peer = await played.promise;
    await peer.frame("halfClose");
    const sent = peer.frames.filter(({ kind }) => kind === "data");
    expect(sent.map((frame) => (frame as { payload: Uint8Array }).payload.byteLength)).toEqual([8_000]);
    expect(lengths).toEqual(Array.from({ length: 1000 }, () => 3));
    peer.send(header, ok);
    await stream;
  });

  it("sends a cancel frame when its signal aborts", async () => {
    const played = Promise.withResolvers<Peer>();
    const transport = await createRig(played.resolve);
    const abort = new AbortController();
    const answer = createClient(Greeter, transport).sayHello({}, { signal: abort.signal });
    const peer = await played.promise;
    await peer.frame("halfClose");
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: Code.Canceled });
    expect(await peer.frame("cancel")).toBeDefined();
  });

  it("opens no socket for a call that was cancelled before", async () => {
    let opened = 0;
    const transport = await createRig(() => opened++);
    const call = createClient(Greeter, transport).sayHello({}, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    expect(opened).toBe(0);
  });

  it("ends with the deadline where the server says nothing", async () => {
    const transport = await createRig(() => undefined);
    await expect(createClient(Greeter, transport).sayHello({}, { timeoutMs: 20 })).rejects.toMatchObject({
      code: Code.DeadlineExceeded,
    });
  });

  it("tells the tap of each field as it was sent", async () => {
    const told: unknown[] = [];
    const tap = {
      ...silentTap,
      responseHeaders: (fields: HeaderFields) => told.push(fields),
      responseTrailers: (fields: HeaderFields) => told.push(fields),
    };
    const payload = latin1("X-B: 2\r\nx-a: 1\r\nx-b: 1, 3\r\n");
    const status = latin1("x-z: 1\r\ngrpc-status: 0\r\nx-z: 1\r\n");
    const transport = await createRig(
      async (peer) => {
        await peer.frame("halfClose");
        peer.send({ kind: "headers", payload }, data, { kind: "trailers", payload: status });
      },
      { tap },
    );
    await createClient(Greeter, transport).sayHello({});
    expect(told).toEqual([
      [
        ["x-b", "2"],
        ["x-a", "1"],
        ["x-b", "1, 3"],
      ],
      [
        ["x-z", "1"],
        ["grpc-status", "0"],
        ["x-z", "1"],
      ],
    ]);
  });

  it("compresses what it sends, and reads what comes compressed", async () => {
    const told: WireMessage[] = [];
    const note = (message: WireMessage) => void told.push(message);
    const tap = { ...silentTap, requestMessage: note, responseMessage: note };
    const zipped = new Uint8Array(gzipSync(reply));
    const played = Promise.withResolvers<Peer>();
    const options = { ...defaultCallOptions, requestCompression: "gzip", acceptedCompressions: ["gzip"] } as const;
    const transport = await createRig(played.resolve, { tap, options });
    const answer = createClient(Greeter, transport).sayHello({ name: "Ada" });
    const peer = await played.promise;
    await peer.frame("halfClose");
    const request = (await peer.frame("data")) as { payload: Uint8Array };
    expect(parseHeaderBlock(((await peer.frame("headers")) as { payload: Uint8Array }).payload)).toSatisfy(
      (fields: Headers) => fields.get("grpc-encoding") === "gzip" && fields.get("grpc-accept-encoding") === "gzip",
    );
    expect(request.payload[0]).toBe(1);
    const envelope = encodeEnvelope(1, zipped);
    const zippedHeader = block({ "content-type": "application/grpc-web+proto", "grpc-encoding": "gzip" });
    peer.send(
      { kind: "headers", payload: zippedHeader },
      { kind: "data", payload: envelope.subarray(0, 7) },
      { kind: "data", payload: envelope.subarray(7) },
      ok,
    );
    expect((await answer).message).toBe("Hello, Ada!");
    const common = { flags: 1, format: "binary", compression: "gzip" };
    expect(told).toEqual([
      { ...common, carriedBytes: request.payload.byteLength - 5, payload: Uint8Array.of(10, 3, 65, 100, 97) },
      { ...common, carriedBytes: zipped.byteLength, payload: reply },
    ]);
  });

  it("keeps to the limits of the call's options", async () => {
    const play = (peer: Peer) => peer.send(header, data, ok);
    const options = { ...defaultCallOptions, maxSentBytes: 4, maxReceivedBytes: 12 };
    const transport = await createRig(play, { options });
    const fails = (name: string) => errorOf(createClient(Greeter, transport).sayHello({ name }));
    expect(await fails("Ada")).toMatchObject({
      code: Code.ResourceExhausted,
      rawMessage: expect.stringMatching(/5 .* 4 /),
    });
    expect(await fails("A")).toMatchObject({
      code: Code.ResourceExhausted,
      rawMessage: expect.stringMatching(/13 .* 12;/),
    });
  });

  it("tells the tap everything in its order", async () => {
    const told: unknown[] = [];
    const tap = Object.fromEntries(
      Object.keys(silentTap).map((name) => [name, (...args: unknown[]) => told.push([name, ...args])]),
    ) as unknown as WireTap;
    const play = async (peer: Peer) => {
      await peer.frame("halfClose");
      peer.send(header, data, ok);
    };
    const transport = await createRig(play, { tap });
    await createClient(Greeter, transport).sayHello({ name: "Ada" });
    const carried = (payload: Uint8Array): WireMessage => {
      const format = "binary";
      return { flags: 0, carriedBytes: payload.byteLength, payload, format, compression: undefined };
    };
    expect(told).toEqual([
      ["requestStarted"],
      ["connected"],
      ["accepted"],
      ["requestMessage", carried(Uint8Array.of(10, 3, 65, 100, 97))],
      ["responseHeaders", [["content-type", "application/grpc-web+proto"]], undefined],
      ["responseMessage", carried(reply)],
      ["responseTrailers", [["grpc-status", "0"]]],
    ]);
  });
});
