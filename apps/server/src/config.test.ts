import { describe, expect, it } from "vitest";
import { flagOf, optionNames, variableOf } from "./config/options.ts";
import { type Environment, parseConfig } from "./config.ts";

function read(argv: readonly string[], env: Environment = {}) {
  const parsed = parseConfig(argv, env);
  if (parsed.kind !== "config") {
    throw new Error(JSON.stringify(parsed));
  }
  return parsed.config;
}

function faults(argv: readonly string[], env: Environment = {}) {
  const parsed = parseConfig(argv, env);
  return parsed.kind === "faults" ? parsed.faults : [];
}

describe("parseConfig()", () => {
  it("has a default for what is not given", () => {
    expect(read([])).toEqual({
      listen: { host: "127.0.0.1", port: 8080 },
      data: "./data",
      target: [],
      proxy: undefined,
      allowTarget: [],
      allowHost: [],
      allowOrigin: [],
      token: undefined,
      tlsCert: undefined,
      tlsKey: undefined,
      gpuCount: undefined,
      logLevel: "info",
      basePath: "",
      maxMessageBytes: 4_194_304,
      maxHeaderBytes: 16_384,
      headersTimeout: 20_000,
      requestTimeout: 300_000,
      idleTimeout: 300_000,
      maxStreams: 256,
      shutdownGrace: 10_000,
    });
  });

  it("is frozen", () => {
    expect(Object.isFrozen(read([]))).toBe(true);
    expect(Object.isFrozen(read(["--allow-host", "a"]).allowHost)).toBe(true);
  });

  it.each([
    ["127.0.0.1:0", { host: "127.0.0.1", port: 0 }],
    ["[::1]:8080", { host: "::1", port: 8080 }],
    ["localhost:65535", { host: "localhost", port: 65_535 }],
  ])("reads --listen %s", (text, listen) => {
    expect(read(["--listen", text]).listen).toEqual(listen);
    expect(read([`--listen=${text}`]).listen).toEqual(listen);
  });

  it.each([
    ["--listen", "x", "HOST:PORT; for example 127.0.0.1:8080 or [::1]:8080"],
    ["--listen", "127.0.0.1:65536", "HOST:PORT; for example 127.0.0.1:8080 or [::1]:8080"],
    ["--listen", "::1:8080", "HOST:PORT; for example 127.0.0.1:8080 or [::1]:8080"],
    ["--listen", "[::zz]:8080", "HOST:PORT; for example 127.0.0.1:8080 or [::1]:8080"],
    ["--allow-host", "http://a", "NAME or NAME:PORT; for example console.example.com or 192.168.1.5:8080"],
    ["--allow-origin", "null", "an origin; for example https://app.example.com or http://localhost:3000"],
    ["--allow-origin", "https://a/b", "an origin; for example https://app.example.com or http://localhost:3000"],
    ["--token", "a b", "a token of the letters A-Z and a-z, digits and -._~+/, with = at its end only"],
    ["--gpu-count", "-1", "a whole number from 0 to 2147483647"],
    ["--gpu-count", "1e3", "a whole number from 0 to 2147483647"],
    ["--log-level", "loud", "one of silent, fatal, error, warn, info, debug, trace"],
    ["--base-path", "tools", "a path from the root; for example / or /tools/switchboard"],
    ["--base-path", "/../x", "a path from the root; for example / or /tools/switchboard"],
    ["--headers-timeout", "0s", "a duration from 1ms to 24 days; for example 500ms, 10s, 2m or 1h"],
    ["--shutdown-grace", "10", "a duration from 1ms to 24 days; for example 500ms, 10s, 2m or 1h"],
    ["--max-header-bytes", "1", "a number of bytes from 1024 to 1048576; for example 65536, 64KiB or 4MiB"],
    ["--max-streams", "", "a whole number from 1 to 2147483647"],
  ])("refuses %s %j, saying what is allowed", (flag, text, allowed) => {
    expect(faults([`${flag}=${text}`])).toEqual([`${flag}: ${JSON.stringify(text)} is not ${allowed}`]);
  });

  it.each([
    ["500ms", 500],
    ["10s", 10_000],
    ["2m", 120_000],
    ["1h", 3_600_000],
  ])("reads the duration %s", (text, ms) => {
    expect(read(["--idle-timeout", text]).idleTimeout).toBe(ms);
  });

  it.each([
    ["1", 1],
    ["64KiB", 65_536],
    ["16MiB", 16_777_216],
    ["1GiB", 1_073_741_824],
  ])("reads the number of bytes %s", (text, bytes) => {
    expect(read(["--max-message-bytes", text]).maxMessageBytes).toBe(bytes);
  });

  it.each([
    ["/", ""],
    ["/tools", "/tools"],
    ["/tools/sb/", "/tools/sb"],
  ])("reads the base path %s", (text, path) => {
    expect(read(["--base-path", text]).basePath).toBe(path);
  });

  it("reads repeated flags in their order", () => {
    const { allowHost } = read(["--allow-host", "A.example", "--allow-host", "b.example:81"]);
    expect(allowHost).toEqual([
      { name: "a.example", port: undefined },
      { name: "b.example", port: 81 },
    ]);
  });

  it("reads every option from the environment, those that repeat between commas", () => {
    const config = read([], {
      SWITCHBOARD_MAX_STREAMS: "7",
      SWITCHBOARD_ALLOW_ORIGIN: "https://a.example, http://b:1",
    });
    expect(config.maxStreams).toBe(7);
    expect(config.allowOrigin).toEqual(["https://a.example", "http://b:1"]);
  });

  it("prefers a flag to its variable, and takes an empty variable for none", () => {
    const env = { SWITCHBOARD_GPU_COUNT: "1", SWITCHBOARD_DATA: "" };
    expect(read(["--gpu-count", "2"], env).gpuCount).toBe(2);
    expect(read([], env)).toMatchObject({ gpuCount: 1, data: "./data" });
  });

  it("names the variable whose value is bad", () => {
    expect(faults([], { SWITCHBOARD_LISTEN: "x" })[0]).toContain('SWITCHBOARD_LISTEN: "x" is not HOST:PORT');
  });

  it("refuses an unknown flag and suggests a near one", () => {
    expect(faults(["--lisen=a:1"])).toEqual(["--lisen: no such flag; did you mean --listen? --help lists all"]);
    expect(faults(["--nonsense"])).toEqual(["--nonsense: no such flag; --help lists all"]);
    expect(faults(["-x"])).toEqual(["-x: no such flag; --help lists all"]);
  });

  it("refuses a flag without a value, one given twice and an argument without a flag", () => {
    expect(faults(["--data"])).toEqual(["--data: a value is missing after it"]);
    expect(faults(["--data", "--token"])).toContain("--data: a value is missing after it");
    expect(faults(["--data", "a", "--data", "b"])).toEqual(["--data: given 2 times, where once is allowed"]);
    expect(faults(["serve"])).toEqual(['"serve": no such argument; --help lists what there is']);
  });

  it("reports everything that is wrong at once", () => {
    expect(faults(["--gpu-count", "x", "--max-streams", "y", "--what"])).toHaveLength(3);
  });

  it.each(["0.0.0.0:80", "[::]:80", "192.168.1.5:80", "example.com:80"])(
    "listens on %s with a token only",
    (address) => {
      expect(faults(["--listen", address])).toEqual([expect.stringMatching(/^--listen: .* add --token TOKEN/)]);
      expect(read(["--listen", address, "--token", "t"]).token).toBe("t");
    },
  );

  it("needs a certificate and its key together", () => {
    expect(faults(["--tls-cert", "a"])).toEqual(["--tls-cert: needs --tls-key too"]);
    expect(faults(["--tls-key", "a"])).toEqual(["--tls-key: needs --tls-cert too"]);
    expect(read(["--tls-cert", "a", "--tls-key", "b"])).toMatchObject({ tlsCert: "a", tlsKey: "b" });
  });

  it("reads targets, where calls go on to, and what may be added", () => {
    const address = { kind: "tcp", secure: false, host: "127.0.0.1", port: 50_051 };
    const config = read(["--target", "users=localhost:1", "--target=b=unix:/run/b=1", "--proxy", "users"]);
    expect(config.target).toEqual([
      { name: "users", address: { ...address, host: "localhost", port: 1 } },
      { name: "b", address: { kind: "unix", path: "/run/b=1" } },
    ]);
    expect(config.proxy).toEqual({ kind: "name", name: "users" });
    expect(read(["--proxy", "h2c://127.1:50051"]).proxy).toEqual({ kind: "address", address });
    expect(read(["--allow-target", "*.a.example:443"]).allowTarget).toEqual([
      { kind: "name", name: "a.example", below: true, port: 443 },
    ]);
  });

  it("reads targets from the environment, between commas", () => {
    const { target } = read([], { SWITCHBOARD_TARGET: "a=h2c://a:1, b=https://b" });
    expect(target.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it.each([
    ["--target", "a", "NAME=URL"],
    ["--target", "local=a:1", 'the name "local" is that of the server\'s own services'],
    ["--target", "a b=a:1", '"a b" is not a name of 1 to 64 letters'],
    ["--target", "..=a:1", '".." is not a name of 1 to 64 letters'],
    ["--target", "a=http://u:p@a:1", "a user and a password are not allowed"],
    ["--target", "a=xds:///a", "xds: takes its addresses from a control plane"],
    ["--proxy", "http://a:1/x", "a path is not allowed"],
    ["--proxy", "local", "the server's own services need no proxy"],
    ["--allow-target", "10.0.0.1/8", "a network as 10.0.0.0/8"],
  ])("refuses %s %s, naming both and the reason", (flag, text, reason) => {
    expect(faults([flag, text])).toEqual([expect.stringContaining(reason)]);
    expect(faults([flag, text])[0]).toMatch(new RegExp(`^${flag}: "`));
  });

  it("repeats no password", () => {
    const [target, proxy] = faults(["--target", "a=http://me:secret@a:1", "--proxy", "https://me:se=cret@a"]);
    expect(target).toContain('"a=…@a:1"');
    expect(proxy).toContain('"…@a"');
  });

  it("refuses a target's name given twice, and a proxy that is none of the targets", () => {
    const targets = ["--target", "a=a:1", "--target", "a=b:1", "--target", "a=c:1"];
    expect(faults([...targets, "--proxy", "b"])).toEqual([
      '--target: the name "a" is given more than once',
      '--proxy: "b" is not the name of a --target; add --target b=URL',
    ]);
  });

  it("lists every flag and variable for --help", () => {
    const parsed = parseConfig(["--listen", "x", "--help"], {});
    const text = parsed.kind === "help" ? parsed.text : "";
    for (const name of optionNames) {
      expect(text).toContain(`  ${flagOf(name)} `);
      expect(text).toContain(`      ${variableOf(name)}\n`);
    }
  });
});
