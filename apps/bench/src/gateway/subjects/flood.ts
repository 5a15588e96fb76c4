import { createServer, type ServerHttp2Stream } from "node:http2";
import { listen } from "../../calls/subjects/listen.ts";
import { floodCountOf, floodEnvelope } from "../flood-workload.ts";

// A server stream of long messages, as fast as they are read: as many as the request asks for.

const server = createServer();
server.on("stream", (stream: ServerHttp2Stream) => {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  stream.on("end", () => {
    const count = floodCountOf(Buffer.concat(chunks));
    let sent = 0;
    const write = () => {
      while (sent < count && !stream.destroyed) {
        sent++;
        if (!stream.write(floodEnvelope)) {
          return;
        }
      }
      stream.end();
    };
    stream.on("drain", write);
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0" }));
    stream.respond({ ":status": 200, "content-type": "application/grpc+proto" }, { waitForTrailers: true });
    write();
  });
  stream.on("error", () => {});
});
await listen(server);
