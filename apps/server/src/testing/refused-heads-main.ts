import { setImmediate as nextTurn } from "node:timers/promises";
import { requestHead, startFrameServer } from "./frame-server.ts";
import { dataFrame, flags, headersFrame } from "./http2-frames.ts";
import { createLoopbackUpstream } from "./loopback-upstream.ts";
import { recordExchange } from "./record-exchange.ts";

// Calls servers that answer each call by header blocks that HTTP/2 refuses, and collects garbage in between. Says how many
// calls it has made, if it lives.

const calls = 1_500;

/** How many calls are on their way while garbage is collected. */
const lanes = 24;

let answers = 0;
const ends = flags.endHeaders | flags.endStream;
const server = await startFrameServer({
  settings: [],
  onConnection: (connection) => {
    void (async () => {
      for (let stream = 1; ; stream += 2) {
        await requestHead(connection, stream);
        // A head without a status, and then more on a stream that has ended.
        const head = headersFrame(stream, [["content-type", "application/grpc"]], ends);
        const data = answers++ % 2 === 0 ? [] : [dataFrame(stream, "data")];
        await connection.write(head, ...data, headersFrame(stream, [["grpc-status", "0"]], ends));
      }
    })().catch(() => {});
  },
});
let made = 0;
const lane = async () => {
  using upstream = createLoopbackUpstream(server.port);
  while (made < calls) {
    made++;
    await recordExchange(upstream, { body: new Uint8Array(6) }).closed();
    if (made % lanes === 0) {
      globalThis.gc?.();
    }
    await nextTurn();
  }
};
await Promise.all(Array.from({ length: lanes }, lane));
for (let round = 0; round < 5; round++) {
  await nextTurn();
  globalThis.gc?.();
}
process.stdout.write(`${made} calls\n`);
process.exit(0);
