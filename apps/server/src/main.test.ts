import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

/** A server in a process of its own. */
function start(...flags: string[]) {
  const child: ChildProcess = spawn(process.execPath, [main, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  const ready = Promise.withResolvers<string>();
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
    const url = /ready at (\S+)\n/.exec(output.stdout)?.[1];
    if (url !== undefined) {
      ready.resolve(url);
    }
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, output, exit, ready: ready.promise, [Symbol.dispose]: () => void child.kill("SIGKILL") };
}

/** How long a test may take, in milliseconds: processes start as soon as the machine has time for them. */
const timeout = 60_000;

describe("the process", { timeout }, () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "switchboard-main-"));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const serve = (...flags: string[]) => start("--listen", "127.0.0.1:0", "--data", directory, ...flags);

  it("says once where it is ready, and exits 0 at SIGTERM", async () => {
    using server = serve();
    const url = await server.ready;
    expect((await fetch(`${url}healthz`)).status).toBe(200);
    server.child.kill("SIGTERM");
    expect(await server.exit).toBe(0);
    expect(server.output.stdout).toBe(`Switchboard ready at ${url}\n`);
  });

  it("ends streams with UNAVAILABLE at SIGINT and exits 0", async () => {
    using server = serve();
    const client = createClient(demo, createGrpcTransport({ baseUrl: await server.ready }));
    const reading = (async () => {
      let messages = 0;
      for await (const _message of client.testClientRecvStream({ data: "x" })) {
        // A second signal would end it at once.
        if (messages++ === 0) {
          server.child.kill("SIGINT");
        }
      }
    })();
    await expect(reading).rejects.toThrow("[unavailable]");
    expect(await server.exit).toBe(0);
  });

  it("exits at once at a second signal", async () => {
    using server = serve("--shutdown-grace", "1h");
    const client = createClient(demo, createGrpcTransport({ baseUrl: await server.ready }));
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const answer = client.testClientSendStream(
      (async function* () {
        yield { data: "x" };
        begun.resolve();
        await held.promise;
      })(),
    );
    answer.catch(() => {});
    await begun.promise;
    server.child.kill("SIGTERM");
    while (!server.output.stderr.includes("stopping")) {
      await new Promise((resolve) => server.child.stderr?.once("data", resolve));
    }
    server.child.kill("SIGTERM");
    expect(await server.exit).toBe(1);
    held.resolve();
  });

  it("says that its port is taken", async () => {
    using first = serve();
    const { host } = new URL(await first.ready);
    using second = start("--listen", host, "--data", join(directory, "other"));
    expect(await second.exit).toBe(1);
    expect(second.output.stderr).toBe(`${host} is taken by another program; choose another port with --listen\n`);
    expect(second.output.stdout).toBe("");
  });

  it("says what is wrong with its file of targets, and leaves it as it is", async () => {
    const path = join(directory, "targets.json");
    await writeFile(path, '{"version": 1,\n "targets": [}');
    using server = serve();
    expect(await server.exit).toBe(1);
    expect(server.output.stderr).toBe(
      "targets.json in the data directory is broken: line 2, column 14: this is not JSON; mend it, or move it away to start afresh\n",
    );
    expect(await readFile(path, "utf8")).toBe('{"version": 1,\n "targets": [}');
  });

  it("exits 0 at SIGTERM with a connection to a target open", async () => {
    using other = start("--listen", "127.0.0.1:0", "--data", join(directory, "other"));
    const address = new URL(await other.ready).host;
    using server = serve("--target", `other=h2c://${address}`);
    const baseUrl = `${await server.ready}gateway/other`;
    const client = createClient(demo, createGrpcTransport({ baseUrl }));
    expect((await client.hellojlc({ name: "a" })).result).not.toBe("");
    server.child.kill("SIGTERM");
    expect(await server.exit).toBe(0);
  });

  it("says what is wrong with its flags and exits 2", async () => {
    using server = start("--listen", "nowhere", "--lisen=x");
    expect(await server.exit).toBe(2);
    expect(server.output.stderr.split("\n")).toHaveLength(3);
  });

  it("prints its help and exits 0", async () => {
    using server = start("--help");
    expect(await server.exit).toBe(0);
    expect(server.output.stdout).toContain("--listen HOST:PORT");
  });

  it("says that its certificate is missing", async () => {
    using server = serve("--tls-cert", join(directory, "no.pem"), "--tls-key", join(directory, "no.key"));
    expect(await server.exit).toBe(1);
    expect(server.output.stderr).toMatch(/^a file is missing: .*no\.(pem|key)'\n$/);
  });
});
