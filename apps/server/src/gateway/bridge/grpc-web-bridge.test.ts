import { describe, expect, it } from "vitest";
import { callWeb, openWeb, type WebAnswer } from "../../testing/call-web.ts";
import { textEnvelope } from "../../testing/envelope.ts";
import {
  firstStream,
  grpcHead,
  grpcTrailers,
  grpcTrailersOnly,
  startFrameUpstream,
} from "../../testing/frame-upstream.ts";
import { dataFrame, errorCodes, flags, headersFrame, resetFrame } from "../../testing/http2-frames.ts";
import { startGateway } from "../../testing/start-gateway.ts";
import { startHttp2Upstream } from "../../testing/start-http2-upstream.ts";

const message = textEnvelope("hello");
const ok = grpcTrailers(["grpc-status", "0"]);

/** Calls through a gateway to a server that answers with these frames, in one piece. */
async function callWithAnswer(frames: readonly Buffer[], fields: readonly string[] = []): Promise<WebAnswer> {
  await using upstream = await startFrameUpstream();
  await using gateway = await startGateway(upstream.port);
  const answering = upstream.head().then(() => upstream.write(...frames));
  const answer = await callWeb(gateway.port, { fields });
  await answering;
  return answer;
}

const data = (bytes: Uint8Array, flag?: number) => dataFrame(firstStream, bytes, flag);

describe("a response's messages", () => {
  it("are the same bytes where each came in a frame of its own", async () => {
    const bytes = Buffer.concat([message, textEnvelope("b")]);
    const single = [...bytes].map((byte) => data(Buffer.of(byte)));
    const answer = await callWithAnswer([grpcHead(), ...single, ok]);
    expect(answer.body.subarray(0, bytes.byteLength)).toEqual(bytes);
    expect(answer.trailers).toBe("grpc-status: 0\r\n");
  });

  it("keep their order before the trailers where all came at once", async () => {
    const answer = await callWithAnswer([grpcHead(), data(message), data(textEnvelope("b")), ok]);
    expect(answer.messages.map((one) => one.subarray(2).toString())).toEqual(["hello", "b"]);
    expect(answer.rest.byteLength).toBe(0);
  });

  it("go out when they come, and so does the head before them", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    const opened = openWeb(gateway.port);
    await upstream.head();
    await upstream.write(grpcHead(["x-a", "1"]));
    const response = await opened;
    expect(response.headers).toMatchObject({ "x-a": "1", "content-type": "application/grpc-web+proto" });
    const pieces = response[Symbol.asyncIterator]();
    for (const text of ["a", "b"]) {
      await upstream.write(data(textEnvelope(text)));
      expect((await pieces.next()).value).toEqual(textEnvelope(text));
    }
    await upstream.write(ok);
    expect((await pieces.next()).value.toString()).toContain("grpc-status: 0");
    expect((await pieces.next()).done).toBe(true);
  });
});

describe("a status without messages", () => {
  it("stays in the head where the server sent it there, custom fields too", async () => {
    const fields = [
      ["grpc-status", "5"],
      ["grpc-message", "no%20such"],
      ["x-custom", "1"],
    ] as const;
    const answer = await callWithAnswer([grpcTrailersOnly(...fields)]);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject(Object.fromEntries(fields));
    expect(answer.body.byteLength).toBe(0);
  });

  it("is exposed to the page of an allowed origin, custom names too", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port, { allowOrigin: ["https://app.example"] });
    const answering = upstream
      .head()
      .then(() => upstream.write(grpcTrailersOnly(["grpc-status", "5"], ["x-custom", "1"])));
    const { headers } = await callWeb(gateway.port, { fields: ["origin", "https://app.example"] });
    await answering;
    expect(headers["access-control-allow-origin"]).toBe("https://app.example");
    expect(headers.vary).toContain("origin");
    const exposed = headers["access-control-expose-headers"]?.split(", ");
    for (const name of ["grpc-status", "grpc-message", "grpc-status-details-bin", "x-custom"]) {
      expect(exposed).toContain(name);
    }
  });

  it("stays in trailers where the server sent a head before them", async () => {
    const answer = await callWithAnswer([grpcHead(["x-a", "1"]), grpcTrailers(["grpc-status", "0"], ["x-b", "2"])]);
    expect(answer.headers["x-a"]).toBe("1");
    expect(answer.headers["grpc-status"]).toBeUndefined();
    expect(answer.messages).toEqual([]);
    expect(answer.trailers).toBe("grpc-status: 0\r\nx-b: 2\r\n");
  });

  it("is told once where a server told it in a head with messages to come", async () => {
    const answer = await callWithAnswer([
      grpcHead(["grpc-status", "0"]),
      data(message),
      grpcTrailers(["grpc-status", "9"]),
    ]);
    expect(answer.headers["grpc-status"]).toBeUndefined();
    expect(answer.trailers).toBe("grpc-status: 9\r\n");
  });
});

describe("a response that is not complete", () => {
  it.each([
    ["ends with its data", [data(message, flags.endStream)]],
    ["is reset without an error", [data(message), resetFrame(firstStream, errorCodes.noError)]],
  ])("is INTERNAL where it %s and tells no status", async (_how, frames) => {
    const answer = await callWithAnswer([grpcHead(), ...frames]);
    expect(answer.messages).toHaveLength(1);
    expect(answer.trailers).toMatch(/^grpc-status: 13\r\n/);
    expect(answer.trailers).toContain("x-switchboard-ended-by: upstream\r\n");
  });

  it("keeps its messages and becomes CANCELLED where it is reset so", async () => {
    const answer = await callWithAnswer([grpcHead(), data(message), resetFrame(firstStream, errorCodes.cancel)]);
    expect(answer.messages).toHaveLength(1);
    expect(answer.trailers).toMatch(/^grpc-status: 1\r\n/);
  });

  it("ends within its message where the server's did, and nothing is put behind that", async () => {
    const cut = message.subarray(0, -2);
    for (const partial of [cut, message.subarray(0, 3)]) {
      const answer = await callWithAnswer([grpcHead(), data(message), data(partial), ok]);
      expect(answer.messages).toHaveLength(1);
      expect(answer.rest).toEqual(partial);
      expect(answer.trailers).toBeUndefined();
    }
  });

  it("ends within its message where the server was reset there", async () => {
    const cut = message.subarray(0, -2);
    const answer = await callWithAnswer([grpcHead(), data(cut), resetFrame(firstStream, errorCodes.internalError)]);
    expect(answer.rest).toEqual(cut);
  });
});

describe("a status that is odd", () => {
  it.each([
    ["99", 2],
    ["00", 2],
    ["-1", 2],
    ["x", 2],
    ["", 13],
  ])("%j becomes %i, with what the server wrote beside it", async (written, code) => {
    for (const frames of [
      [grpcHead(), grpcTrailers(["grpc-status", written])],
      [grpcTrailersOnly(["grpc-status", written])],
    ]) {
      const answer = await callWithAnswer(frames);
      const told =
        answer.trailers ?? answer.fields.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join("");
      expect(told).toContain(`grpc-status: ${code}\r\n`);
      if (written !== "") {
        expect(told).toContain(`x-switchboard-upstream-grpc-status: ${written}\r\n`);
      }
    }
  });

  it.each([
    [502, "text/html", 14],
    [404, "text/html", 12],
    [401, "text/plain", 16],
    [431, "text/html", 13],
    [429, "text/html", 14],
    [302, "text/html", 2],
    [200, "text/html", 2],
  ])("is found by HTTP's %i where there is none, with what the answer says in quotes", async (status, type, code) => {
    const head = headersFrame(firstStream, [
      [":status", `${status}`],
      ["content-type", type],
    ]);
    const body = dataFrame(firstStream, '<h1>"Bad"</h1>\n', flags.endStream);
    const answer = await callWithAnswer([head, body]);
    expect(answer.status).toBe(200);
    expect(answer.headers["grpc-status"]).toBe(`${code}`);
    expect(answer.headers["grpc-message"]).toContain(`HTTP ${status}`);
    expect(decodeURIComponent(answer.headers["grpc-message"] as string)).toContain('"<h1>\\"Bad\\"</h1>\\n"');
    expect(answer.headers["x-switchboard-ended-by"]).toBe("upstream");
  });

  it("quotes no more than 16 KiB of an answer, in the body, which has room for it", async () => {
    const head = headersFrame(firstStream, [
      [":status", "502"],
      ["content-type", "text/html"],
    ]);
    const body = [...Array(4)].map(() => data(Buffer.alloc(8_192, "a")));
    const answer = await callWithAnswer([head, ...body]);
    expect(answer.trailers).toMatch(/^grpc-status: 14\r\n/);
    expect(/a+/.exec(answer.trailers?.split('"').at(-2) ?? "")?.[0]).toHaveLength(16_384);
  });

  it("is taken from the head whatever HTTP's is", async () => {
    const head = headersFrame(firstStream, [
      [":status", "503"],
      ["content-type", "text/html"],
      ["grpc-status", "8"],
    ]);
    const answer = await callWithAnswer([head, data(Buffer.from("<html>"))]);
    expect(answer.status).toBe(200);
    expect(answer.headers["grpc-status"]).toBe("8");
    expect(answer.body.byteLength).toBe(0);
  });
});

describe("a response's metadata", () => {
  it.each(["100%zz", "h\xc3\xa9llo", "a%20b", ""])("has grpc-message %j byte for byte", async (written) => {
    const answer = await callWithAnswer([grpcHead(), grpcTrailers(["grpc-status", "3"], ["grpc-message", written])]);
    expect(answer.trailers).toBe(`grpc-status: 3\r\ngrpc-message: ${written}\r\n`);
    const only = await callWithAnswer([grpcTrailersOnly(["grpc-status", "3"], ["grpc-message", written])]);
    expect(only.headers).toMatchObject({ "grpc-status": "3", "grpc-message": written });
  });

  it("keeps its order, repeated, joined, empty, binary and beyond ASCII", async () => {
    const fields = [
      ["x-a", "1"],
      ["x-b-bin", "AA==,BB"],
      ["x-a", "2"],
      ["x-b-bin", "CC"],
      ["x-empty", ""],
      ["x-l", "\x80\xff"],
      ["__proto__", "1"],
    ] as const;
    const answer = await callWithAnswer([grpcHead(...fields), grpcTrailers(["grpc-status", "0"], ...fields)]);
    expect(answer.trailers).toBe(
      `grpc-status: 0\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}`,
    );
    expect(answer.fields.join("|")).toContain(fields.flat().join("|"));
  });

  it("is delivered where there is much of it", async () => {
    const many = Array.from({ length: 200 }, (_, i) => [`x-${i}`, `${i}`]);
    const big = Array.from({ length: 4 }, (_, i) => [`x-big-${i}`, "v".repeat(20_480)]);
    const details = ["grpc-status-details-bin", "d".repeat(61_440)];
    const trailers = Object.fromEntries([["grpc-status", "3"], details, ...many, ...big]);
    await using upstream = await startHttp2Upstream((stream) => {
      stream.respond({ "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers(trailers));
      stream.end(message);
    });
    await using gateway = await startGateway(upstream.port);
    const answer = await callWeb(gateway.port);
    const lines = answer.trailers?.trimEnd().split("\r\n");
    expect(lines).toEqual(Object.entries(trailers).map(([name, value]) => `${name}: ${value}`));
  });

  it("skips heads that only inform", async () => {
    const hints = headersFrame(firstStream, [
      [":status", "103"],
      ["link", "</a.css>"],
    ]);
    const answer = await callWithAnswer([hints, grpcHead(["x-a", "1"]), data(message), ok]);
    expect(answer.headers["x-a"]).toBe("1");
    expect(answer.messages).toHaveLength(1);
  });

  it("does not act on a browser, and has the gateway's content type", async () => {
    const hostile = [
      ["set-cookie", "a=1"],
      ["access-control-allow-origin", "*"],
      ["clear-site-data", '"*"'],
      ["content-security-policy", "default-src *"],
      ["location", "https://evil.example"],
      ["content-encoding", "br"],
      ["service-worker-allowed", "/"],
    ] as const;
    for (const frames of [
      [grpcHead(...hostile), data(message), ok],
      [grpcTrailersOnly(["grpc-status", "0"], ...hostile)],
    ]) {
      const { headers } = await callWithAnswer(frames);
      expect(headers).toMatchObject({
        "content-type": "application/grpc-web+proto",
        "x-content-type-options": "nosniff",
        "x-switchboard-upstream-set-cookie": "a=1",
      });
      for (const [name] of hostile) {
        expect(headers[name]).toBeUndefined();
      }
    }
  });
});

describe("a compressed message", () => {
  const compressed = Buffer.from(message);
  compressed[0] = 1;

  it("is INTERNAL for a client that reads none, and was not asked for", async () => {
    await using upstream = await startFrameUpstream();
    await using gateway = await startGateway(upstream.port);
    const answering = upstream.head().then(async (head) => {
      await upstream.write(grpcHead(["grpc-encoding", "gzip"]), data(compressed), ok);
      return head;
    });
    const answer = await callWeb(gateway.port);
    expect((await answering).fields?.get("grpc-accept-encoding")).toBe("identity");
    expect(answer.messages).toEqual([]);
    expect(answer.trailers).toMatch(/^grpc-status: 13\r\n.*compressed.*\r\n/);
    expect((await gateway.line()).endedBy).toBe("gateway");
  });

  it("goes on to a client that reads it", async () => {
    const answer = await callWithAnswer(
      [grpcHead(["grpc-encoding", "gzip"]), data(compressed), ok],
      ["grpc-accept-encoding", "gzip"],
    );
    expect(answer.headers["grpc-encoding"]).toBe("gzip");
    expect(answer.body.subarray(0, compressed.byteLength)).toEqual(compressed);
  });

  it("can't forge the trailers", async () => {
    const forged = Buffer.from(message);
    forged[0] = 0x80;
    const answer = await callWithAnswer([grpcHead(), data(forged), ok], ["grpc-accept-encoding", "gzip"]);
    expect(answer.trailers).toMatch(/^grpc-status: 13\r\n/);
  });
});
