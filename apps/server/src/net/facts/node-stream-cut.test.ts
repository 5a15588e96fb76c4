import { once } from "node:events";
import { createServer, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { type Http2Client, openHttp2Client } from "../../testing/http2-client.ts";
import { dataFrame, errorCodes, flags, resetFrame } from "../../testing/http2-frames.ts";

/** What a bare server's stream emits after its first data, and whether it counts as aborted at each. */
async function eventsAfter(leave: (client: Http2Client) => void): Promise<string[]> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  using client = await openHttp2Client((server.address() as AddressInfo).port);
  const accepted = once(server, "stream");
  await client.call(1, { path: "/" });
  const stream: ServerHttp2Stream = (await accepted)[0];
  const events: string[] = [];
  for (const name of ["aborted", "end", "error"]) {
    stream.on(name, () => events.push(`${name} ${stream.aborted}`));
  }
  await client.write(dataFrame(1, "x"));
  await once(stream, "data");
  const closed = new Promise((resolve) => stream.once("close", resolve));
  stream.once("end", () => stream.aborted || stream.respond({}, { endStream: true }));
  leave(client);
  await closed;
  server.close();
  return events;
}

describe("the end of a request at a server's stream", () => {
  it("comes alone with END_STREAM", async () => {
    expect(await eventsAfter((client) => void client.write(dataFrame(1, "", flags.endStream)))).toEqual(["end false"]);
  });

  it.each([
    ["RST_STREAM(CANCEL)", (client: Http2Client) => void client.write(resetFrame(1, errorCodes.cancel))],
    ["RST_STREAM(NO_ERROR)", (client: Http2Client) => void client.write(resetFrame(1, errorCodes.noError))],
    ["the end of the connection", (client: Http2Client) => client[Symbol.dispose]()],
  ])("comes with %s too, where only `aborted` tells that it is none", async (_name, leave) => {
    expect(await eventsAfter(leave)).toEqual(["aborted true", "end true"]);
  });

  it("does not come with RST_STREAM of another code, which is an error", async () => {
    const events = await eventsAfter((client) => void client.write(resetFrame(1, errorCodes.internalError)));
    expect(events).toEqual(["aborted true", "error true"]);
  });
});
