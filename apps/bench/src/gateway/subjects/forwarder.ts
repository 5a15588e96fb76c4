import { createServer } from "node:http";
import { connect } from "node:http2";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { listen } from "../../calls/subjects/listen.ts";

// How fast gRPC-Web over HTTP/1.1 can be carried to gRPC on Node at all: one session, no checks, no limits, no
// back-pressure, no cancellation, no timeouts, no errors: `forwarder.ts ORIGIN`.

const session = connect(process.argv[2] ?? "");
const server = createServer((request, response) => {
  const stream = session.request({
    ":method": "POST",
    ":path": request.url,
    "content-type": "application/grpc+proto",
    te: "trailers",
  });
  request.pipe(stream);
  stream.on("response", () => response.writeHead(200, { "content-type": "application/grpc-web+proto" }));
  stream.on("data", (chunk) => response.write(chunk));
  stream.on("trailers", (trailers) => {
    const status = Buffer.from(`grpc-status: ${trailers["grpc-status"]}\r\n`);
    response.end(encodeEnvelope(0x80, status));
  });
});
await listen(server);
