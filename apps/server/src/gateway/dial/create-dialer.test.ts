import { mkdtempDisposable } from "node:fs/promises";
import { createServer as createHttp2Server } from "node:http2";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TargetAddress } from "../../address/target-address.ts";
import { openDeafPort } from "../../testing/deaf-port.ts";
import { listenForTest } from "../../testing/test-listener.ts";
import { createAddressPolicy } from "./address-policy.ts";
import { createDialer, type DialerOptions } from "./create-dialer.ts";
import { DialError, type DialOptions } from "./dial.ts";
import { createReadTlsFiles } from "./read-tls-files.ts";

const policy = createAddressPolicy({ listensBeyondLoopback: false, allowTarget: [], ownAddress: () => undefined });
const plain = {
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
  insecure: false,
};

function dialTo(address: TargetAddress, options: Partial<DialerOptions> = {}) {
  const origin = address.kind === "unix" ? "command-line" : "saved";
  const dialer = createDialer({ policy, readTlsFiles: createReadTlsFiles("/nowhere"), ...options });
  const dial = dialer({ address, origin, tls: plain });
  return (dialOptions: Partial<DialOptions> = {}) =>
    dial({ alpn: ["h2"], signal: new AbortController().signal, ...dialOptions });
}

function tcp(port: number, host = "a.example"): TargetAddress {
  return { kind: "tcp", secure: false, host, port };
}

async function faultOf(dialling: Promise<unknown>) {
  const error = await dialling.then(
    () => undefined,
    (reason) => reason,
  );
  return error instanceof DialError ? { stage: error.stage, kind: error.fault.kind, message: error.message } : error;
}

describe("dialling", () => {
  it("opens a connection to the address of the name, and tells each stage", async () => {
    await using server = await listenForTest(createServer());
    const stages: string[] = [];
    const dial = dialTo(tcp(server.port), { lookup: async () => ["127.0.0.1"] });
    const { socket, alpn } = await dial({ onStage: (stage, finding) => stages.push(`${stage} ${finding}`) });
    expect(stages).toEqual(["policy ", "resolve 127.0.0.1", `connect 127.0.0.1:${server.port}`]);
    expect(alpn).toBeUndefined();
    socket.destroy();
    await server.allClosed();
  });

  it("looks no IP address up", async () => {
    await using server = await listenForTest(createServer());
    const dial = dialTo(tcp(server.port, "127.0.0.1"), { lookup: () => Promise.reject(new Error("looked up")) });
    const stages: string[] = [];
    (await dial({ onStage: (stage) => stages.push(stage) })).socket.destroy();
    expect(stages).toEqual(["policy", "connect"]);
  });

  it("finds localhost by the system's lookup", async () => {
    await using server = await listenForTest(createServer());
    const { socket } = await dialTo(tcp(server.port, "localhost"))();
    expect(socket.remotePort).toBe(server.port);
    socket.destroy();
  });

  it("opens a socket of the file system", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "dial-"));
    const path = join(folder.path, "a.sock");
    await using server = await listenForTest(createServer(), { path });
    (await dialTo({ kind: "unix", path })()).socket.destroy();
    expect(server.taken()).toBe(1);
  });

  it("carries HTTP/2", async () => {
    await using server = await listenForTest(createHttp2Server());
    const { socket } = await dialTo(tcp(server.port, "127.0.0.1"))();
    socket.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0");
    const [settings] = await new Promise<[Buffer]>((resolve) => socket.once("data", (data: Buffer) => resolve([data])));
    expect(settings[3]).toBe(4);
    socket.destroy();
  });
});

describe("dialling a name with many addresses", () => {
  it("goes on to IPv4 where IPv6 is dead", async () => {
    await using server = await listenForTest(createServer());
    const { socket } = await dialTo(tcp(server.port), { lookup: async () => ["::1", "127.0.0.1"] })();
    expect(socket.remoteAddress).toBe("127.0.0.1");
    socket.destroy();
  });

  it("follows the name where it leads at each dialling", async () => {
    await using first = await listenForTest(createServer());
    const found = [["127.0.0.1"], ["127.0.0.2"]];
    const dial = dialTo(tcp(first.port), { lookup: async () => found.shift() ?? [] });
    (await dial()).socket.destroy();
    expect(await faultOf(dial())).toMatchObject({ stage: "connect", kind: "refused" });
    expect(await faultOf(dial())).toMatchObject({ stage: "resolve", kind: "name-not-found" });
    expect(first.taken()).toBe(1);
  });
});

describe("a name that leads elsewhere than it seems", () => {
  it("opens nothing once it leads to where credentials are", async () => {
    await using server = await listenForTest(createServer());
    const found = [["127.0.0.1"], ["169.254.169.254"]];
    const dial = dialTo(tcp(server.port), { lookup: async () => found.shift() ?? [] });
    (await dial()).socket.destroy();
    const fault = await faultOf(dial());
    expect(fault).toMatchObject({ stage: "resolve", kind: "address-forbidden" });
    expect(fault.message).not.toContain("169.254");
    expect(server.taken()).toBe(1);
  });

  it("opens nothing where one of its addresses is forbidden", async () => {
    await using server = await listenForTest(createServer());
    const dial = dialTo(tcp(server.port), { lookup: async () => ["127.0.0.1", "::ffff:169.254.169.254"] });
    expect(await faultOf(dial())).toMatchObject({ stage: "resolve", kind: "address-forbidden" });
    expect(server.taken()).toBe(0);
  });

  it("is not dialled where it leads to this server", async () => {
    await using server = await listenForTest(createServer());
    const own = { host: "127.0.0.1", port: server.port };
    const self = createAddressPolicy({ listensBeyondLoopback: false, allowTarget: [], ownAddress: () => own });
    const dial = dialTo(tcp(server.port), { policy: self, lookup: async () => ["127.0.0.1"] });
    expect(await faultOf(dial())).toMatchObject({ stage: "resolve", kind: "dials-itself" });
    expect(server.taken()).toBe(0);
  });

  it("is not looked up where it is not allowed", async () => {
    const beyond = createAddressPolicy({ listensBeyondLoopback: true, allowTarget: [], ownAddress: () => undefined });
    let looked = 0;
    const lookup = async () => {
      looked += 1;
      return ["127.0.0.1"];
    };
    const fault = await faultOf(dialTo(tcp(1), { policy: beyond, lookup })());
    expect(fault).toMatchObject({ stage: "policy", kind: "address-forbidden" });
    expect(looked).toBe(0);
  });

  it("is closed again where the socket is connected to what the policy forbids", async () => {
    await using server = await listenForTest(createServer());
    const asked: string[] = [];
    const changing = {
      checkTarget: () => undefined,
      checkResolved(target: Parameters<typeof policy.checkResolved>[0], ip: string) {
        asked.push(ip);
        return policy.checkResolved(target, asked.length === 1 ? ip : "169.254.169.254");
      },
    };
    const dial = dialTo(tcp(server.port), { policy: changing, lookup: async () => ["127.0.0.1"] });
    expect(await faultOf(dial())).toMatchObject({ stage: "connect", kind: "address-forbidden" });
    expect(asked).toEqual(["127.0.0.1", "127.0.0.1"]);
    await server.allClosed();
  });
});

describe("a dialling that fails", () => {
  it("says that a name was not found", async () => {
    const lookup = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const fault = await faultOf(dialTo(tcp(1), { lookup })());
    expect(fault).toMatchObject({ stage: "resolve", kind: "name-not-found" });
    expect(fault.message).toContain('the name "a.example" was not found');
  });

  it.each([
    ["EAI_AGAIN", "the name servers did not answer"],
    ["EAI_FAIL", "the lookup failed (EAI_FAIL)"],
  ])("says that a lookup failed by %s", async (code, text) => {
    const lookup = () => Promise.reject(Object.assign(new Error("no"), { code }));
    const fault = await faultOf(dialTo(tcp(1), { lookup })());
    expect(fault).toMatchObject({ stage: "resolve", kind: "name-lookup-failed" });
    expect(fault.message).toContain(text);
  });

  it("says that nothing listens", async () => {
    const port = await freePort();
    expect(await faultOf(dialTo(tcp(port, "127.0.0.1"))())).toEqual({
      stage: "connect",
      kind: "refused",
      message: `nothing listens at h2c://127.0.0.1:${port}; check the port, and whether the server runs`,
    });
  });

  it("says that there is no socket, or that none listens", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "dial-"));
    const path = join(folder.path, "a.sock");
    expect(await faultOf(dialTo({ kind: "unix", path })())).toMatchObject({ kind: "socket-missing" });
    expect(await faultOf(dialTo({ kind: "unix", path: import.meta.filename })())).toMatchObject({ kind: "refused" });
  });

  it.each([
    ["resolve", "name-lookup-failed"],
    ["connect", "connect-timeout"],
  ])("says what took too long at the stage %s", async (stage, kind) => {
    await using deaf = await openDeafPort();
    const lookup = () => (stage === "resolve" ? new Promise<never>(() => {}) : Promise.resolve(["127.0.0.1"]));
    const fault = await faultOf(dialTo(tcp(deaf.port), { lookup, connectTimeoutMs: 30 })());
    expect(fault).toMatchObject({ stage, kind });
    expect(fault.message).toContain("within 30 ms");
  });

  it.each(["resolve", "connect"])("rejects with the reason it was given up for at the stage %s", async (stage) => {
    await using deaf = await openDeafPort();
    const lookup = () => (stage === "resolve" ? new Promise<never>(() => {}) : Promise.resolve(["127.0.0.1"]));
    const giveUp = new AbortController();
    const reason = new Error("given up");
    const dialling = faultOf(dialTo(tcp(deaf.port), { lookup })({ signal: giveUp.signal }));
    setImmediate(() => giveUp.abort(reason));
    expect(await dialling).toBe(reason);
    expect(await faultOf(dialTo(tcp(deaf.port), { lookup })({ signal: giveUp.signal }))).toBe(reason);
  });
});

async function freePort(): Promise<number> {
  await using server = await listenForTest(createServer());
  return server.port;
}
