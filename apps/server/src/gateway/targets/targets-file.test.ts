import { describe, expect, it } from "vitest";
import { decodeTargets, encodeTargets, maxSavedTargets } from "./targets-file.ts";

/** A file with one target, which has these keys beside its name and address. */
function fileWith(target: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ version: 1, targets: [{ name: "shop", address: "https://shop.example", ...target }] });
}

function faultOf(text: string): string {
  const decoded = decodeTargets(text);
  return decoded.kind === "fault" ? decoded.fault : "none";
}

const whole = {
  name: "shop",
  address: "https://shop.example:8443",
  tls: { ca_file: "ca.pem", certificate_file: "me.pem", key_file: "me.key", server_name: "shop", insecure: true },
  metadata: [
    { name: "authorization", value: "Bearer a b" },
    { name: "x-tenant", value: "one" },
    { name: "x-tenant", value: "two" },
  ],
  reflection_metadata: [{ name: "authorization", value: "Bearer r" }],
  default_deadline: "1.5s",
  max_message_bytes: 1_000,
  keepalive: "30s",
};

describe("decodeTargets()", () => {
  it("reads every key", () => {
    const decoded = decodeTargets(JSON.stringify({ version: 1, targets: [whole] }));
    expect(decoded).toEqual({
      kind: "targets",
      targets: [
        {
          name: "shop",
          origin: "saved",
          address: { kind: "tcp", secure: true, host: "shop.example", port: 8443 },
          tls: {
            caFile: "ca.pem",
            certificateFile: "me.pem",
            keyFile: "me.key",
            serverName: "shop",
            insecure: true,
          },
          metadata: whole.metadata,
          reflectionMetadata: whole.reflection_metadata,
          defaultDeadlineMs: 1_500,
          maxMessageBytes: 1_000,
          keepaliveMs: 30_000,
        },
      ],
    });
  });

  it("takes the field names of metadata in any case", () => {
    const decoded = decodeTargets(fileWith({ metadata: [{ name: "X-Tenant", value: "1" }] }));
    expect(decoded).toMatchObject({ targets: [{ metadata: [{ name: "x-tenant" }] }] });
  });

  it.each([
    ["{", "line 1, column 2: this is not JSON"],
    ["[]", "the file: must be an object, in braces"],
    ["{}", "version: must be 1"],
    ['{"version": 2, "targets": []}', "version: must be 1"],
    ['{"version": 1}', "targets: must be a list, in brackets"],
    ['{"version": 1, "targets": [], "more": 1}', 'the file: "more" is no key here; there is version, targets'],
    ['{"version": 1, "targets": [1]}', "targets[0]: must be an object, in braces"],
    ['{"version": 1, "targets": [{"__proto__": {}}]}', 'targets[0]: "__proto__" is no key here'],
    [fileWith({ tsl: {} }), 'targets[0]: "tsl" is no key here'],
    [fileWith({ tls: { ca: "x" } }), 'targets[0].tls: "ca" is no key here'],
    [fileWith({ tls: { insecure: "yes" } }), "targets[0].tls.insecure: must be true or false"],
    [fileWith({ name: 7 }), "targets[0].name: must be a text, in quotes"],
    [fileWith({ name: "a/b" }), 'targets[0].name: "a/b" is not a name of 1 to 64 letters'],
    [fileWith({ name: "local" }), "targets[0].name: local is the name of this server's own services"],
    [fileWith({ address: "shop" }), "targets[0].address: is not an address: "],
    [fileWith({ metadata: {} }), "targets[0].metadata: must be a list, in brackets"],
    [fileWith({ metadata: [{ name: "a", vaule: "" }] }), 'targets[0].metadata[0]: "vaule" is no key here'],
    [fileWith({ default_deadline: 10 }), 'targets[0].default_deadline: must be seconds, as in "10s" or "0.5s"'],
    [fileWith({ default_deadline: "0s" }), "targets[0].default_deadline: must be from 1 to 2147483647 milliseconds"],
    [fileWith({ keepalive: "0.5s" }), "targets[0].keepalive: must be from 1000 to 2147483647 milliseconds"],
    [fileWith({ max_message_bytes: 1.5 }), "targets[0].max_message_bytes: must be a whole number"],
    [fileWith({ max_message_bytes: 0 }), "targets[0].max_message_bytes: must be from 1 to 4294967295 bytes, and is 0"],
    [fileWith({ address: "h2c://a:1", tls: { insecure: true } }), "targets[0].tls: is for addresses that begin with"],
    [fileWith({ tls: { key_file: "k" } }), "targets[0].tls.certificate_file: is missing"],
    [fileWith({ tls: { certificate_file: "c" } }), "targets[0].tls.key_file: is missing"],
    [fileWith({ tls: { server_name: "a b" } }), "targets[0].tls.server_name: must be a host's name"],
  ])("refuses %s", (text, fault) => {
    expect(faultOf(text)).toContain(fault);
  });

  it("refuses a name twice, and one target too many", () => {
    const targets = (count: number, name: (index: number) => string) =>
      JSON.stringify({ version: 1, targets: Array.from({ length: count }, (_, i) => ({ ...whole, name: name(i) })) });
    expect(faultOf(targets(2, () => "a"))).toBe("targets[1].name: a is the name of an earlier target");
    expect(faultOf(targets(maxSavedTargets, (i) => `t${i}`))).toBe("none");
    expect(faultOf(targets(maxSavedTargets + 1, (i) => `t${i}`))).toBe("targets: must be at most 100, and are 101");
  });

  it("quotes no value of metadata in a fault", () => {
    const broken = fileWith({ metadata: [{ name: "x-key", value: "s3cret\n" }] });
    expect(faultOf(broken)).toContain('targets[0].metadata[0]: the metadata "x-key" has a value with a line break');
    expect(faultOf(broken)).not.toContain("s3cret");
    expect(faultOf('{"value": "s3cret" oops')).not.toContain("s3cret");
  });

  it("refuses metadata that no target gets by this name", () => {
    for (const name of ["grpc-timeout", ":path", "host", "content-type", "te", "x-switchboard-token", "a b", ""]) {
      expect(faultOf(fileWith({ metadata: [{ name, value: "1" }] }))).toContain("targets[0].metadata[0]: ");
    }
  });
});

describe("encodeTargets()", () => {
  it("writes what decodeTargets() reads, without what is as by default", () => {
    const plain = { name: "plain", address: "h2c://127.0.0.1:50051" };
    const decoded = decodeTargets(JSON.stringify({ version: 1, targets: [whole, plain] }));
    if (decoded.kind === "fault") {
      throw new Error(decoded.fault);
    }
    expect(JSON.parse(encodeTargets(decoded.targets))).toEqual({ version: 1, targets: [whole, plain] });
  });
});
