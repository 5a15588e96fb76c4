import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { requestHead, startFrameServer } from "../../testing/frame-server.ts";
import { flags, headersFrame } from "../../testing/http2-frames.ts";
import { createLoopbackUpstream } from "../../testing/loopback-upstream.ts";
import { recordExchange } from "../../testing/record-exchange.ts";

const main = fileURLToPath(new URL("../../testing/refused-heads-main.ts", import.meta.url));
const ends = flags.endHeaders | flags.endStream;

describe("a server whose header blocks are refused", () => {
  it("doesn't end the process when garbage is collected", { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", main]);
    expect(stdout).toMatch(/^15\d\d calls\n$/);
  });

  it("gets the next call on a connection of its own, even in the turn in which the old one broke", async () => {
    await using server = await startFrameServer({ settings: [] });
    using upstream = createLoopbackUpstream(server.port);
    const broken = recordExchange(upstream, { body: new Uint8Array(1) });
    const old = await server.connection(0);
    await requestHead(old, 1);
    const head = headersFrame(1, [["content-type", "application/grpc"]], ends);
    const next = broken.closed().then(() => recordExchange(upstream, { body: new Uint8Array(1) }));
    await old.write(head, headersFrame(1, [["grpc-status", "0"]], ends));
    const recorded = await next;
    const fresh = await server.connection(1);
    await fresh.ended(1);
    await fresh.write(
      headersFrame(
        1,
        [
          [":status", "200"],
          ["grpc-status", "0"],
        ],
        ends,
      ),
    );
    expect(await recorded.closed()).toBeUndefined();
  });
});
