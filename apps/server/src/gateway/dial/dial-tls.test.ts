import { createServer as createHttp1Server } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from "node:tls";
import { describe, expect, it } from "vitest";
import {
  expiredCertificate,
  futureCertificate,
  otherNameCertificate,
  signedCertificate,
  testAuthority,
} from "../../testing/faulty-certificates.ts";
import { strangerCertificate, testCertificate } from "../../testing/test-certificate.ts";
import { listenForTest } from "../../testing/test-listener.ts";
import type { TlsClientSettings } from "../targets/target-settings.ts";
import { createAddressPolicy } from "./address-policy.ts";
import { createDialer } from "./create-dialer.ts";
import { DialError, type Dialled, type DialOptions } from "./dial.ts";
import type { TlsMaterial } from "./read-tls-files.ts";
import { isTlsError, tlsFault } from "./tls-faults.ts";

interface Setup extends Partial<TlsMaterial>, Partial<TlsClientSettings> {
  readonly host?: string;
  readonly connectTimeoutMs?: number;
}

const policy = createAddressPolicy({ listensBeyondLoopback: false, allowTarget: [], ownAddress: () => undefined });

function addressOf(port: number, host = "localhost") {
  return { kind: "tcp", secure: true, host, port } as const;
}

function dial(port: number, setup: Setup = {}, options: Partial<DialOptions> = {}): Promise<Dialled> {
  const { host, ca, cert, key, serverName, insecure = false, connectTimeoutMs = 10_000 } = setup;
  const dialer = createDialer({
    policy,
    lookup: async () => ["127.0.0.1"],
    readTlsFiles: async () => ({ ca, cert, key }),
    connectTimeoutMs,
  });
  const files = { caFile: undefined, certificateFile: undefined, keyFile: undefined };
  const target = { address: addressOf(port, host), origin: "saved", tls: { ...files, serverName, insecure } } as const;
  return dialer(target)({ alpn: ["h2"], signal: new AbortController().signal, ...options });
}

function tlsServer(options: TlsOptions): Server {
  return createTlsServer({ ALPNProtocols: ["h2"], ...options }, (socket) => void socket.on("error", () => {}));
}

/** Dials, and tells what the server saw of it. */
async function dialServed(server: Server, port: number, setup: Setup) {
  const served = new Promise<TLSSocket>((resolve) => server.once("secureConnection", resolve));
  const { socket } = await dial(port, setup);
  const seen = await served;
  const name = seen.getPeerCertificate().subject?.CN;
  const { servername } = seen;
  const isReused = seen.isSessionReused();
  socket.destroy();
  return { name, servername, isReused };
}

/** Dials what must fail; the connection must be closed by then. */
async function faultOf(server: Server, setup: Setup = {}, options: Partial<DialOptions> = {}) {
  await using listener = await listenForTest(server);
  const error = await dial(listener.port, setup, options).then(
    () => undefined,
    (reason) => reason,
  );
  await listener.allClosed();
  return error instanceof DialError ? { stage: error.stage, kind: error.fault.kind, message: error.message } : error;
}

describe("dialling in TLS", () => {
  it.each([
    ["that signs itself", testCertificate, testCertificate.cert],
    ["that an authority signed", signedCertificate, testAuthority],
  ])("trusts a certificate %s, where the target says so", async (_name, own, ca) => {
    await using server = await listenForTest(tlsServer(own));
    const stages: string[] = [];
    const onStage: DialOptions["onStage"] = (stage, finding) => stages.push(`${stage} ${finding}`);
    const { socket, alpn } = await dial(server.port, { ca }, { onStage });
    expect(alpn).toBe("h2");
    expect(stages.at(-1)).toBe("tls TLSv1.3, h2");
    socket.destroy();
    await server.allClosed();
  });

  it("tells the server the name, but no IP address", async () => {
    const server = tlsServer(signedCertificate);
    await using listener = await listenForTest(server);
    const ca = testAuthority;
    const names: unknown[] = [];
    for (const setup of [{ ca }, { ca, host: "127.0.0.1" }, { ca, host: "a.example", serverName: "localhost" }]) {
      names.push((await dialServed(server, listener.port, setup)).servername);
    }
    expect(names).toEqual(["localhost", false, "localhost"]);
  });

  it("shows its own certificate", async () => {
    const asking = { ...testCertificate, requestCert: true, rejectUnauthorized: true, ca: strangerCertificate.cert };
    const server = tlsServer(asking);
    await using listener = await listenForTest(server);
    const served = await dialServed(server, listener.port, { ca: testCertificate.cert, ...strangerCertificate });
    expect(served.name).toBe("stranger");
  });

  it("takes any certificate where the target is insecure, and of no other target", async () => {
    await using server = await listenForTest(tlsServer(otherNameCertificate));
    const { socket, alpn } = await dial(server.port, { insecure: true });
    expect(alpn).toBe("h2");
    socket.destroy();
    await expect(dial(server.port)).rejects.toThrow(DialError);
  });

  it("resumes no session of an earlier dialling", async () => {
    const server = tlsServer(testCertificate);
    await using listener = await listenForTest(server);
    const reused: boolean[] = [];
    for (let i = 0; i < 3; i++) {
      reused.push((await dialServed(server, listener.port, { ca: testCertificate.cert })).isReused);
    }
    expect(reused).toEqual([false, false, false]);
  });

  it("takes a server without ALPN where HTTP/1.1 would do", async () => {
    await using server = await listenForTest(createTlsServer(testCertificate));
    const { socket, alpn } = await dial(server.port, { ca: testCertificate.cert }, { alpn: ["h2", "http/1.1"] });
    expect(alpn).toBeUndefined();
    socket.destroy();
  });

  it("gives the handshake up with the signal's reason", async () => {
    const giveUp = new AbortController();
    const silent = createServer((socket) => {
      socket.resume();
      giveUp.abort(new Error("given up"));
    });
    expect(await faultOf(silent, {}, { signal: giveUp.signal })).toEqual(new Error("given up"));
  });
});

describe("dialling in TLS what is wrong", () => {
  const trusted = { ca: testCertificate.cert };
  const onlyTls11 = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
  const asking = { requestCert: true, rejectUnauthorized: true, ca: testAuthority } as const;

  it.each<[string, () => Server, Setup, string, string]>([
    [
      "an expired certificate",
      () => tlsServer(expiredCertificate),
      { ca: expiredCertificate.cert },
      "certificate-expired",
      "has expired; renew it",
    ],
    [
      "a certificate of the future",
      () => tlsServer(futureCertificate),
      { ca: futureCertificate.cert },
      "certificate-not-yet-valid",
      "is not valid yet; check the clocks",
    ],
    [
      "another's certificate",
      () => tlsServer(otherNameCertificate),
      { ca: otherNameCertificate.cert },
      "certificate-wrong-name",
      "for other names (other.example)",
    ],
    [
      "a certificate that signs itself",
      () => tlsServer(testCertificate),
      {},
      "certificate-unknown-authority",
      "CA file",
    ],
    [
      "a certificate of an unknown authority",
      () => tlsServer(signedCertificate),
      trusted,
      "certificate-unknown-authority",
      "that no trusted authority has signed",
    ],
    [
      "a chain up to an unknown authority",
      () => tlsServer({ ...signedCertificate, cert: signedCertificate.cert + testAuthority }),
      trusted,
      "certificate-unknown-authority",
      "that no trusted authority has signed",
    ],
    [
      "a server that wants a certificate, by TLS 1.2",
      () => tlsServer({ ...testCertificate, ...asking, maxVersion: "TLSv1.2" }),
      trusted,
      "tls-failed",
      "may require a client certificate",
    ],
    [
      "a server that does not accept ours",
      () => tlsServer({ ...testCertificate, ...asking, maxVersion: "TLSv1.2" }),
      { ...trusted, ...strangerCertificate },
      "tls-failed",
      "closed the connection during the TLS handshake",
    ],
    ["TLS 1.1", () => tlsServer({ ...testCertificate, ...onlyTls11 }), trusted, "tls-failed", "from 1.2 on"],
    ["no ALPN", () => createTlsServer(testCertificate), trusted, "no-alpn-h2", "does not choose HTTP/2 (h2) by ALPN"],
    [
      "ALPN without h2",
      () => tlsServer({ ...testCertificate, ALPNProtocols: ["http/1.1"] }),
      trusted,
      "no-alpn-h2",
      "does not choose HTTP/2 (h2) by ALPN",
    ],
    ["HTTP/2 in plain text", createHttp2Server, {}, "plaintext-port-with-tls", "use h2c:// for a server in plain text"],
    ["HTTP/1.1 in plain text", createHttp1Server, {}, "plaintext-port-with-tls", "does not speak TLS"],
    ["a server that hangs up", () => hangingUp((socket) => socket.end()), {}, "tls-failed", "closed the connection"],
    ["a server that resets", () => hangingUp((socket) => socket.resetAndDestroy()), {}, "tls-failed", "closed the"],
    [
      "a server that says nothing",
      () => createServer((socket) => socket.resume()),
      { connectTimeoutMs: 40 },
      "silent-peer",
      "did not finish the TLS handshake within 40 ms",
    ],
  ])("says so of %s", async (_name, create, setup, kind, text) => {
    const fault = await faultOf(create(), setup);
    expect(fault).toMatchObject({ stage: "tls", kind });
    expect(fault.message).toMatch(/^https:\/\/localhost:\d+ /);
    expect(fault.message).toContain(text);
  });

  it("closes what runs on it where TLS 1.3 tells behind the handshake that it wants a certificate", async () => {
    await using server = await listenForTest(tlsServer({ ...testCertificate, ...asking }));
    const { socket } = await dial(server.port, trusted);
    const session = connectHttp2("https://localhost", { createConnection: () => socket });
    const failed = new Promise((resolve) => session.once("error", resolve));
    await new Promise((resolve) => session.once("close", resolve));
    expect(isTlsError(await failed)).toBe(true);
    expect(tlsFault(undefined, await failed)).toMatchObject({
      kind: "certificate-required",
      endedBy: "upstream",
      message: "the server requires a client certificate; name a certificate file and a key file for the target",
    });
    await server.allClosed();
  });

  it("tells at most 200 characters of a certificate's names", () => {
    const error = Object.assign(new Error("no"), {
      code: "ERR_TLS_CERT_ALTNAME_INVALID",
      cert: { subjectaltname: `DNS:${"x".repeat(500)}\u0007` },
    });
    expect(tlsFault(addressOf(1), error).parameters).toMatchObject({ names: `${"x".repeat(200)}…` });
  });
});

function hangingUp(hangUp: (socket: Socket) => void): Server {
  return createServer((socket) => socket.once("data", () => hangUp(socket)));
}
