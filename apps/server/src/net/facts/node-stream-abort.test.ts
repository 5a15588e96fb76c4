import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, describeFrame, flags } from "../../testing/http2-frames.ts";

/** A bare server of Node's that runs one statement when a stream's request has ended, and tells its port. */
const program = (whenEnded: string) => `
  const server = require("node:http2").createServer();
  server.on("stream", (stream) => {
    stream.on("error", () => {});
    stream.respond({}, { waitForTrailers: true });
    stream.resume().once("end", () => { ${whenEnded} });
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

/** Gives the frames of a call to that server, or the signal that its process died of. */
async function outcomeOf(whenEnded: string): Promise<readonly string[] | NodeJS.Signals | null> {
  const child = spawn(process.execPath, ["-e", program(whenEnded)], { stdio: ["ignore", "pipe", "ignore"] });
  const died: Promise<NodeJS.Signals | null> = once(child, "exit").then(([, signal]) => signal);
  using client = await openHttp2Client(Number((await once(child.stdout, "data"))[0]));
  await client.call(1, { path: "/" });
  await client.write(dataFrame(1, "x", flags.endStream));
  const ended = client.ended(1).then((frames) => frames.map(describeFrame));
  const outcome = await Promise.race([ended.catch(() => died), died]);
  child.kill("SIGKILL");
  await died;
  return outcome;
}

describe("close(code) of a server's stream with waitForTrailers", () => {
  it.each([
    "stream.close(8)",
    "process.nextTick(() => stream.close(8))",
    "Promise.resolve().then(() => stream.close(8))",
  ])("aborts the whole process in the turn in which the request ended: %s", async (statement) => {
    expect(await outcomeOf(statement)).toBe("SIGABRT");
  });

  it.each([
    ["setImmediate(() => stream.close(8))", "RST_STREAM 8"],
    ["stream.close(0)", "RST_STREAM 0"],
    ["stream.destroy()", "RST_STREAM 0"],
    ["stream.destroy(new Error('x'))", "RST_STREAM 2"],
    ["stream.write('x'); stream.close(8)", "RST_STREAM 8"],
  ])("does not abort it: %s", async (statement, last) => {
    expect((await outcomeOf(statement))?.at(-1)).toBe(last);
  });
});
