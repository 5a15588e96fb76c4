import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { decodeBase64Segments } from "./differential/base64-segments.ts";
import { splitEnvelopes } from "./differential/split-envelopes.ts";
import { textEnvelope } from "./envelope.ts";

/** A call of gRPC-Web over HTTP/1.1. */
export interface WebCall {
  /** Default: `/gateway/t/a.B/C`. */
  readonly path?: string;
  /** Names and values in turn. Default content type: `application/grpc-web+proto`. */
  readonly fields?: readonly string[];
  /** Default: one message. */
  readonly body?: Uint8Array;
}

/** A whole answer. */
export interface WebAnswer {
  readonly status: number;
  /** Names and values in turn, as they were sent. */
  readonly fields: readonly string[];
  readonly headers: IncomingMessage["headers"];
  /** The body as it was sent. */
  readonly body: Buffer;
  /** The messages' payloads. */
  readonly messages: readonly Buffer[];
  /** The last envelope as text, a byte for a character; undefined where there is none. */
  readonly trailers: string | undefined;
  /** What follows the last whole envelope. */
  readonly rest: Buffer;
}

const trailerFlag = 0x80;

/** Sends a call to a port of this machine; resolves with its answer once it is complete. */
export async function callWeb(port: number, call: WebCall = {}): Promise<WebAnswer> {
  return readWeb(await openWeb(port, call));
}

/** Resolves with an answer once it is complete. */
export async function readWeb(response: IncomingMessage): Promise<WebAnswer> {
  const pieces: Buffer[] = [];
  for await (const piece of response) {
    pieces.push(piece);
  }
  return toAnswer(response, Buffer.concat(pieces));
}

/** Sends a call; resolves with its response once there is a head. Nothing is read of its body. */
export async function openWeb(port: number, { path, fields = [], body }: WebCall = {}): Promise<IncomingMessage> {
  const typed = fields.includes("content-type") ? fields : ["content-type", "application/grpc-web+proto", ...fields];
  const sent = request({
    host: "127.0.0.1",
    port,
    method: "POST",
    path: path ?? "/gateway/t/a.B/C",
    headers: ["host", `localhost:${port}`, ...typed],
    agent: false,
  });
  sent.end(body ?? textEnvelope("a"));
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return response;
}

function toAnswer(response: IncomingMessage, body: Buffer): WebAnswer {
  const isText = response.headers["content-type"]?.includes("-text") === true;
  const { envelopes, rest } = splitEnvelopes(isText ? decodeBase64Segments(body) : body);
  const last = envelopes.find(({ flags }) => flags === trailerFlag);
  return {
    status: response.statusCode ?? 0,
    fields: response.rawHeaders,
    headers: response.headers,
    body,
    messages: envelopes.filter((one) => one !== last).map(({ data }) => Buffer.from(data)),
    trailers: last && Buffer.from(last.data).toString("latin1"),
    rest: Buffer.from(rest),
  };
}
