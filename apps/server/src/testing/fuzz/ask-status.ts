import { type ClientHttp2Session, connect, constants } from "node:http2";
import { callWeb } from "../call-web.ts";
import { textEnvelope } from "../envelope.ts";
import { openWebSocket } from "../websocket-client.ts";

/** By what a call is made. */
export type Carrier = "grpc-web" | "grpc-web-text" | "grpc" | "websocket";

/** All carriers. */
export const carriers: readonly Carrier[] = ["grpc-web", "grpc-web-text", "grpc", "websocket"];

const path = "/gateway/t/a.B/C";

/**
 * Makes a call of the target `t`, whose deadline is short, and tells every status that its client saw, in the order of
 * the wire: codes of gRPC, `reset <code>`, `cut` for a body that ends within a message, or `end without a status`, which a native
 * client finds out by itself.
 */
export async function askStatuses(port: number, carrier: Carrier, timeout: string): Promise<readonly string[]> {
  switch (carrier) {
    case "grpc-web":
    case "grpc-web-text":
      return askWeb(port, carrier, timeout);
    case "grpc":
      return askNative(port, timeout);
    case "websocket":
      return askWebSocket(port, timeout);
  }
}

async function askWeb(port: number, carrier: "grpc-web" | "grpc-web-text", timeout: string): Promise<string[]> {
  const body = textEnvelope("a");
  const answer = await callWeb(port, {
    path,
    fields: ["content-type", `application/${carrier}`, "grpc-timeout", timeout],
    body: carrier === "grpc-web" ? body : Buffer.from(body.toString("base64")),
  });
  const inHead = answer.headers["grpc-status"];
  const inBody = [...(answer.trailers ?? "").matchAll(/^grpc-status: (.*)\r$/gm)].map(([, code = ""]) => code);
  const isCut = answer.rest.byteLength > 0;
  return [...(inHead === undefined ? [] : [`${inHead}`]), ...inBody, ...(isCut ? ["cut"] : [])];
}

async function askNative(port: number, timeout: string): Promise<string[]> {
  const session = connect(`http://127.0.0.1:${port}`);
  const fields = { "content-type": "application/grpc", "grpc-timeout": timeout, te: "trailers" };
  try {
    return await readNative(session, { ":method": "POST", ":path": path, ...fields });
  } finally {
    session.destroy();
  }
}

function readNative(session: ClientHttp2Session, fields: Record<string, string>): Promise<string[]> {
  const statuses: string[] = [];
  const take = (received: { readonly "grpc-status"?: unknown }, flags: number) => {
    // That of a head with more to come is no status: clients look at the end alone.
    if (received["grpc-status"] !== undefined && (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0) {
      statuses.push(`${received["grpc-status"]}`);
    }
  };
  const stream = session.request(fields);
  stream.on("error", () => {});
  stream.on("response", take);
  stream.on("trailers", take);
  stream.resume().end(textEnvelope("a"));
  return new Promise((resolve) => {
    stream.once("close", () => {
      const code = stream.rstCode;
      const told = code === constants.NGHTTP2_NO_ERROR ? statuses : [...statuses, `reset ${code}`];
      resolve(told.length === 0 && stream.readableEnded ? ["end without a status"] : told);
    });
  });
}

async function askWebSocket(port: number, timeout: string): Promise<string[]> {
  await using client = await openWebSocket(`http://127.0.0.1:${port}`, path);
  client.open({ "content-type": "application/grpc-web+proto", "grpc-timeout": timeout });
  client.sendFrame({ kind: "data", payload: textEnvelope("a") });
  client.sendFrame({ kind: "halfClose" });
  const { trailer } = await client.ended();
  return [`${trailer.get("grpc-status")}`];
}
