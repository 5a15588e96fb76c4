import { createServer, type ServerHttp2Stream } from "node:http2";
import { smallGreeting } from "../workloads.ts";
import { listen } from "./listen.ts";

// How fast a gRPC server on node:http2 can be at all: no protobuf, no routes, no log. It reads the whole request, and
// answers a small one with the right greeting, and a longer one with as many bytes as it got.

const longerThanSmall = 256;
const greeting = smallGreeting("grpc").answer;

const server = createServer();
server.on("stream", (stream: ServerHttp2Stream) => {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    if (stream.destroyed) {
      return;
    }
    const body = Buffer.concat(chunks);
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
    stream.end(body.length < longerThanSmall ? greeting : body);
  });
  // A client that goes away at the end of a run is no fault.
  stream.on("error", () => {});
});
await listen(server);
