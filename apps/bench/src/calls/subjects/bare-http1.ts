import { createServer } from "node:http";
import { listen } from "./listen.ts";

// How fast a JSON server on node:http can be at all: it parses the request, and answers the greeting.

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { name }: { name: string } = JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify({ message: `Hello, ${name}!` });
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
    response.end(body);
  });
});
await listen(server);
