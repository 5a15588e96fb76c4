import { Buffer } from "node:buffer";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRawSocket } from "../testing/raw-socket.ts";
import { startTestApp } from "../testing/start-test-app.ts";
import { loadAssets } from "./load-assets.ts";

const script = "console.log(1)";
const files: Readonly<Record<string, string>> = {
  "index.html": '<!doctype html><style nonce="__CSP_NONCE__"></style><script src="./assets/index-1a.js"></script>',
  "assets/index-1a.js": script,
  "assets/index-1a.js.br": "brotli",
  "assets/index-1a.js.gz": "gzip",
  "favicon.svg": "<svg/>",
};

async function startWithPage(flags: readonly string[] = []) {
  const directory = await mkdtemp(join(tmpdir(), "switchboard-page-"));
  await mkdir(join(directory, "assets"));
  for (const [path, text] of Object.entries(files)) {
    await writeFile(join(directory, path), text);
  }
  const assets = await loadAssets(directory);
  await rm(directory, { recursive: true });
  return await startTestApp({ assets, flags });
}

/** Sends a GET as it is written, so that neither the path nor the encodings are changed on their way. */
async function get(port: number, path: string, fields: readonly string[] = [], method = "GET"): Promise<string> {
  using socket = await openRawSocket(port);
  const lines = [`${method} ${path} HTTP/1.1`, `host: localhost:${port}`, "connection: close", ...fields];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  return await socket.closed();
}

describe("the page", () => {
  it("comes with a strict policy and a nonce of its own", async () => {
    await using server = await startWithPage();
    const nonces = new Set<string>();
    for (let i = 0; i < 2; i++) {
      const response = await fetch(server.baseUrl);
      const policy = response.headers.get("content-security-policy") ?? "";
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
      nonces.add(nonce);
      expect(await response.text()).toContain(`<style nonce="${nonce}">`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port} wss://127.0.0.1:${server.port}`);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get("cache-control")).toBe("no-cache");
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
      expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
    expect(nonces.size).toBe(2);
  });

  it("comes without a token, though calls need one", async () => {
    await using server = await startWithPage(["--token", "t"]);
    expect((await fetch(server.baseUrl)).status).toBe(200);
  });

  it.each([
    ["br, gzip", "br", "brotli"],
    ["gzip", "gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip", "gzip"],
    ["identity", undefined, script],
  ])("sends hashed files for ever, to one who accepts %s", async (accepted, coding, body) => {
    await using server = await startWithPage();
    const answer = await get(server.port, "/assets/index-1a.js", [`accept-encoding: ${accepted}`]);
    expect(answer).toContain("cache-control: public, max-age=31536000, immutable");
    expect(answer).toContain("content-type: text/javascript; charset=utf-8");
    expect(answer).toContain("vary: accept-encoding");
    expect(/content-encoding: (\w+)/.exec(answer)?.[1]).toBe(coding);
    expect(answer.endsWith(`\r\n\r\n${body}`)).toBe(true);
  });

  it("answers HEAD with the headers alone", async () => {
    await using server = await startWithPage();
    const answer = await get(server.port, "/favicon.svg", [], "HEAD");
    expect(answer).toContain(`content-length: ${Buffer.byteLength(files["favicon.svg"] ?? "")}`);
    expect(answer.endsWith("\r\n\r\n")).toBe(true);
  });

  it.each([
    "/../package.json",
    "/assets/../../package.json",
    "/%2e%2e/package.json",
    "/assets/index-1a.js.br",
    "/__proto__",
  ])("has nothing at %s", async (path) => {
    await using server = await startWithPage();
    expect(await get(server.port, path)).toContain("404 Not Found");
  });

  it("links home from an address that isn't there", async () => {
    await using server = await startWithPage(["--base-path", "/tools"]);
    const answer = await get(server.port, "/tools/nope", ["accept: text/html"]);
    expect(answer).toContain("404 Not Found");
    expect(answer).toContain('<a href="/tools/">');
  });

  it("is found under the base path, with its slash at the end", async () => {
    await using server = await startWithPage(["--base-path", "/tools"]);
    expect(await get(server.port, "/tools")).toContain("location: /tools/");
    expect(await get(server.port, "/")).toContain("location: /tools/");
    expect(await get(server.port, "/tools/")).toContain("200 OK");
    expect(await get(server.port, "/tools/assets/index-1a.js")).toContain("200 OK");
  });

  it("tells how to build it where it is missing", async () => {
    await using server = await startTestApp();
    const response = await fetch(server.baseUrl);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npm run build");
  });

  it("does not take a POST", async () => {
    await using server = await startWithPage();
    const response = await fetch(server.baseUrl, { method: "POST", body: "x" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });
});
