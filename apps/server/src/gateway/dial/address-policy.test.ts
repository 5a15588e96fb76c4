import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AllowPattern, parseAllowPattern } from "../../address/allow-pattern.ts";
import { parseTargetAddress, type TargetAddress } from "../../address/target-address.ts";
import { type AddressPolicyOptions, createAddressPolicy, type TargetOrigin } from "./address-policy.ts";

function address(text: string): TargetAddress {
  const parsed = parseTargetAddress(text);
  if (parsed.kind === "fault") {
    throw new Error(parsed.fault);
  }
  return parsed.address;
}

function patterns(texts: readonly string[]): AllowPattern[] {
  return texts.map(parseAllowPattern).filter((pattern) => pattern !== undefined);
}

function policyOf(allow: readonly string[], options: Partial<AddressPolicyOptions> = {}) {
  return createAddressPolicy({
    listensBeyondLoopback: false,
    allowTarget: patterns(allow),
    ownAddress: () => undefined,
    ...options,
  });
}

const beyond = { listensBeyondLoopback: true };

/** Asks of a target, and of the address that its name has. */
function kindOf(policy: ReturnType<typeof policyOf>, text: string, origin: TargetOrigin, ip?: string) {
  const target = { address: address(text), origin };
  return (policy.checkTarget(target) ?? (ip === undefined ? undefined : policy.checkResolved(target, ip)))?.kind;
}

const forbidden = "address-forbidden";

describe("a target of the command line", () => {
  it.each([
    ["127.0.0.1:1", undefined],
    ["10.0.0.1:1", undefined],
    ["169.254.169.254:80", undefined],
    ["unix:/run/a.sock", undefined],
    ["a.example:1", "10.0.0.1"],
    ["a.example:1", "127.0.0.1"],
  ])("may be at %s, whatever listens where (leading to %s)", (text, ip) => {
    expect(kindOf(policyOf([], beyond), text, "command-line", ip)).toBeUndefined();
  });

  it.each(["169.254.169.254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "fd00:ec2::254"])(
    "may not have a name that leads to credentials at %s",
    (ip) => {
      expect(kindOf(policyOf([]), "a.example:80", "command-line", ip)).toBe(forbidden);
      expect(kindOf(policyOf(["169.254.0.0/16", "*"]), "a.example:80", "command-line", ip)).toBe(forbidden);
      expect(kindOf(policyOf([ip]), "a.example:80", "command-line", ip)).toBeUndefined();
    },
  );
});

describe("a saved target where only this machine reaches the server", () => {
  it.each([
    ["127.0.0.1:1", undefined, undefined],
    ["10.0.0.1:1", undefined, undefined],
    ["a.example:1", "192.168.0.1", undefined],
    ["a.example:1", "8.8.8.8", undefined],
    ["0.0.0.0:1", undefined, undefined],
    ["169.254.169.254:80", undefined, forbidden],
    ["a.example:1", "169.254.169.254", forbidden],
    ["a.example:1", "100.100.100.200", forbidden],
    ["224.0.0.1:1", undefined, forbidden],
    ["a.example:1", "ff02::1", forbidden],
    ["unix:/run/a.sock", undefined, forbidden],
  ])("at %s (leading to %s) is %s", (text, ip, expected) => {
    expect(kindOf(policyOf([]), text, "saved", ip)).toBe(expected);
  });

  it("may be where a pattern has its address or socket by name", () => {
    const policy = policyOf(["169.254.169.254:80", "unix:/run/*"]);
    expect(kindOf(policy, "169.254.169.254:80", "saved")).toBeUndefined();
    expect(kindOf(policy, "169.254.169.254:81", "saved")).toBe(forbidden);
    expect(kindOf(policy, "unix:/run/a.sock", "saved")).toBeUndefined();
    expect(kindOf(policy, "unix:/var/run/a.sock", "saved")).toBe(forbidden);
  });
});

describe("a saved target where other machines reach the server", () => {
  it.each<[readonly string[], string, string | undefined, string | undefined]>([
    [[], "8.8.8.8:1", undefined, forbidden],
    [[], "a.example:1", undefined, forbidden],
    [["a.example"], "a.example:1", "8.8.8.8", undefined],
    [["a.example:2"], "a.example:1", "8.8.8.8", forbidden],
    [["*.example"], "a.example:1", "10.0.0.1", forbidden],
    [["*.example", "10.0.0.0/8"], "a.example:1", "10.0.0.1", undefined],
    [["*.example", "10.0.0.0/8:2"], "a.example:1", "10.0.0.1", forbidden],
    [["10.0.0.0/8"], "a.example:1", "10.0.0.1", forbidden],
    [["10.0.0.0/8"], "10.0.0.1:1", undefined, undefined],
    [["*"], "8.8.8.8:1", undefined, undefined],
    [["*"], "a.example:1", "8.8.8.8", undefined],
    [["*"], "10.0.0.1:1", undefined, forbidden],
    [["*"], "127.1:1", undefined, forbidden],
    [["*"], "localhost:1", "::1", forbidden],
    [["*", "127.0.0.0/8"], "localhost:1", "127.0.0.1", undefined],
    [["0.0.0.0/0"], "169.254.169.254:1", undefined, forbidden],
  ])("allowed %j, at %s (leading to %s) is %s", (allow, text, ip, expected) => {
    expect(kindOf(policyOf(allow, beyond), text, "saved", ip)).toBe(expected);
  });

  it("can be added only where something is allowed", () => {
    expect([policyOf([]), policyOf([], beyond), policyOf(["*"], beyond)].map(({ canAdd }) => canAdd)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("is told what to start the server with", () => {
    const fault = policyOf([], beyond).checkTarget({ address: address("[::1]:50051"), origin: "saved" });
    expect(fault).toMatchObject({ code: Code.PermissionDenied, parameters: { pattern: "[::1]:50051" } });
    expect(fault?.message).toContain("--allow-target [::1]:50051");
  });
});

describe("the server itself", () => {
  const machineAddresses = () => ["127.0.0.1", "192.168.1.5", "fd12::5"];
  const listening = (host: string) => policyOf(["*"], { ownAddress: () => ({ host, port: 8080 }), machineAddresses });

  it.each([
    ["127.0.0.1", "127.0.0.1:8080", undefined],
    ["127.0.0.1", "[::ffff:127.0.0.1]:8080", undefined],
    ["127.0.0.1", "0.0.0.0:8080", undefined],
    ["127.0.0.1", "[::]:8080", undefined],
    ["127.0.0.1", "a.example:8080", "127.0.0.1"],
    ["::1", "localhost:8080", "::1"],
    ["localhost", "localhost:8080", "::1"],
    ["0.0.0.0", "127.9.9.9:8080", undefined],
    ["0.0.0.0", "192.168.1.5:8080", undefined],
    ["::", "a.example:8080", "192.168.1.5"],
    ["::", "a.example:8080", "::ffff:192.168.1.5"],
    ["::", "[fd12::5]:8080", undefined],
  ])("listening at %s is not dialled by %s (leading to %s)", (host, text, ip) => {
    expect(kindOf(listening(host), text, "command-line", ip)).toBe("dials-itself");
    expect(kindOf(listening(host), text, "saved", ip)).toBe("dials-itself");
  });

  it.each([
    ["127.0.0.1", "127.0.0.1:8081"],
    ["127.0.0.1", "127.0.0.2:8080"],
    ["127.0.0.1", "192.168.1.5:8080"],
    ["0.0.0.0", "192.168.1.6:8080"],
  ])("listening at %s is not at %s", (host, text) => {
    expect(kindOf(listening(host), text, "saved")).toBeUndefined();
  });

  it("fails with a code that no retry follows", () => {
    const target = { address: address("127.0.0.1:8080"), origin: "saved" } as const;
    expect(listening("127.0.0.1").checkTarget(target)?.code).toBe(Code.FailedPrecondition);
  });
});

describe("the spellings of an address", () => {
  const digits = fc.constantFrom((n: number) => String(n), hex, octal, fullWidth, circled);

  /** The forms that the URL standard knows of an IPv4 address: one to four parts, each in any base or digits. */
  const spelling = (value: number) =>
    fc
      .tuple(fc.integer({ min: 1, max: 4 }), digits, digits, digits, digits, fc.constantFrom("", "."))
      .map(([parts, a, b, c, d, dot]) => {
        const bytes = [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
        const rest = bytes.slice(parts - 1).reduce((sum, byte) => sum * 256 + byte, 0);
        const write = [a, b, c, d];
        return [...bytes.slice(0, parts - 1), rest].map((part, i) => write[i]?.(part)).join(".") + dot;
      });
  const ipv6Spelling = (value: number) => {
    const end = `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
    return fc.constantFrom(`[::ffff:${end}]`, `[0:0:0:0:0:FFFF:${end}]`, `[64:ff9b::${end}]`, `[2002:${end}::1]`);
  };
  const values = fc.oneof(
    fc.constant(0xa9fe_a9fe),
    fc.constant(0x6464_64c8),
    fc.integer({ min: 0, max: 0xff_ffff }).map((low) => 0x7f00_0000 + low),
    fc.integer({ min: 0, max: 0xff_ffff }).map((low) => 0x0a00_0000 + low),
  );

  it("do not lead around a policy that forbids it", () => {
    const policy = policyOf(["*"], beyond);
    const spelled = values.chain((value) => fc.oneof(spelling(value), ipv6Spelling(value)));
    fc.assert(
      fc.property(spelled, (host) => {
        expect([host, kindOf(policy, `${host}:80`, "saved")]).toEqual([host, forbidden]);
      }),
    );
  });
});

function hex(n: number): string {
  return `0x${n.toString(16)}`;
}

function octal(n: number): string {
  return `0${n.toString(8)}`;
}

function fullWidth(n: number): string {
  return String(n).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
}

function circled(n: number): string {
  return String(n).replace(/[1-9]/g, (digit) => String.fromCodePoint(0x245f + Number(digit)));
}
