import type { ServerHttp2Stream } from "node:http2";
import { parseHeaderFields, serializeHeaderFields } from "@switchboard/wire/header-block.ts";
import type { WebSocketFrame } from "@switchboard/wire/websocket-frame.ts";
import { textEnvelope } from "./envelope.ts";
import { openWebSocket, type WebSocketClient } from "./websocket-client.ts";

/** The path of a call to a gateway's target. */
export const carriedPath = "/gateway/t/test.Service/Method";

/** The head of a response of gRPC, as Node takes it. */
export const grpcHead: string[] = ["content-type", "application/grpc+json"];

/** A message with its length prefix. */
export const carriedMessage = textEnvelope("m");

/** Opens a call of a gateway's target. */
export function openCarriedCall(
  { port }: { readonly port: number },
  path: string = carriedPath,
): Promise<WebSocketClient> {
  return openWebSocket(`http://127.0.0.1:${port}`, path);
}

/** The header frame of a call in JSON, with these fields: a name, its value, the next name, its value. */
export function headersOf(...fields: string[]): WebSocketFrame {
  return {
    kind: "headers",
    payload: serializeHeaderFields(["content-type", "application/grpc-web+json", ...fields]),
  };
}

/** Resolves with the next frame, which must hold a header block, as a list in its order. */
export async function nextFields(client: WebSocketClient, kind: "headers" | "trailers"): Promise<string[]> {
  const frame = await client.next();
  if (frame.kind !== kind) {
    throw new Error(`a frame of kind ${frame.kind} came, where ${kind} was expected`);
  }
  return parseHeaderFields(frame.payload);
}

/** Resolves with the payload of the next frame, which must be of data. */
export async function nextData(client: WebSocketClient): Promise<Buffer> {
  const frame = await client.next();
  if (frame.kind !== "data") {
    throw new Error(`a frame of kind ${frame.kind} came, where data was expected`);
  }
  return Buffer.from(frame.payload);
}

/** The values of a field in a list of names and values. */
export function valuesOf(fields: readonly string[], name: string): string[] {
  return fields.filter((_value, at) => at % 2 === 1 && fields[at - 1] === name);
}

/** Answers as a server whose call ends with one message and these trailers, once it has got the request. */
export function succeed(stream: ServerHttp2Stream, trailers: readonly string[] = ["grpc-status", "0"]): void {
  const names = new Set(trailers.filter((_value, at) => at % 2 === 0));
  const record = Object.fromEntries([...names].map((name) => [name, valuesOf(trailers, name)]));
  stream.respond(grpcHead, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers(record));
  stream.resume().on("end", () => stream.end(carriedMessage));
}

/** Answers with the request's body. */
export function echo(stream: ServerHttp2Stream): void {
  stream.respond(grpcHead, { waitForTrailers: true });
  stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
  stream.pipe(stream);
}
