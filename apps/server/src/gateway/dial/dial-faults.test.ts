import { describe, expect, it } from "vitest";
import { connectFault, timeoutFault } from "./dial-faults.ts";
import { noAlpnFault, tlsFault } from "./tls-faults.ts";

const tcp = { kind: "tcp", secure: true, host: "a.example", port: 443 } as const;
const unix = { kind: "unix", path: "/run/a.sock" } as const;

function errorOf(code: string) {
  return Object.assign(new Error("connect failed at 10.1.2.3"), { code });
}

describe("connectFault()", () => {
  it.each([
    ["ECONNREFUSED", "refused", "nothing listens at https://a.example"],
    ["ETIMEDOUT", "connect-timeout", "https://a.example did not answer"],
    ["EHOSTUNREACH", "unreachable", "there is no way to https://a.example (EHOSTUNREACH)"],
    ["ENETUNREACH", "unreachable", "there is no way to https://a.example (ENETUNREACH)"],
    ["EMFILE", "unreachable", "no connection could be opened to https://a.example (EMFILE)"],
  ])("of %s at a port is %s", (code, kind, text) => {
    const fault = connectFault(tcp, errorOf(code));
    expect(fault).toMatchObject({ kind, parameters: { address: "https://a.example" } });
    expect(fault.message).toContain(text);
    expect(fault.message).not.toContain("10.1.2.3");
  });

  it.each([
    ["ENOENT", "socket-missing", "there is no socket at unix:/run/a.sock"],
    ["ECONNREFUSED", "refused", "or it is no socket"],
    ["EACCES", "unreachable", "may not open unix:/run/a.sock"],
    ["EINVAL", "unreachable", "no connection could be opened to unix:/run/a.sock (EINVAL)"],
  ])("of %s at a socket is %s", (code, kind, text) => {
    const fault = connectFault(unix, errorOf(code));
    expect(fault).toMatchObject({ kind, parameters: { address: "unix:/run/a.sock" } });
    expect(fault.message).toContain(text);
  });
});

describe("tlsFault()", () => {
  it.each([
    ["ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "certificate-required", "does not accept our client certificate"],
    ["ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "certificate-required", "does not accept our client certificate"],
    ["ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED", "certificate-required", "does not accept our client certificate"],
    ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "certificate-required", "name a certificate file and a key file"],
    ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "tls-failed", "set the server name of the target"],
    ["ERR_SSL_NO_SUCH_THING", "tls-failed", "could not be spoken to by TLS (ERR_SSL_NO_SUCH_THING)"],
    ["", "tls-failed", "could not be spoken to by TLS; check"],
  ])("of %j is %s", (code, kind, text) => {
    const fault = tlsFault(tcp, errorOf(code));
    expect(fault.kind).toBe(kind);
    expect(fault.message).toContain(text);
  });
});

describe("the faults of dialling", () => {
  it("have a text of their own each, that ends with what to do", () => {
    const texts = [
      ...["ECONNREFUSED", "ETIMEDOUT", "EHOSTUNREACH"].map((code) => connectFault(tcp, errorOf(code))),
      ...["ENOENT", "EACCES", "ECONNREFUSED"].map((code) => connectFault(unix, errorOf(code))),
      ...(["resolve", "connect", "tls"] as const).map((stage) => timeoutFault(tcp, stage, 10)),
      ...["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "ERR_TLS_CERT_ALTNAME_INVALID", "CERT_UNTRUSTED"].map((code) =>
        tlsFault(tcp, errorOf(code)),
      ),
      ...["ERR_SSL_WRONG_VERSION_NUMBER", "ECONNRESET", "ERR_SSL_UNSUPPORTED_PROTOCOL"].map((code) =>
        tlsFault(tcp, errorOf(code)),
      ),
      noAlpnFault(tcp),
    ].map(({ message }) => message);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.filter((text) => !/^[a-z].*; .*[^.]$/.test(text))).toEqual([]);
  });
});
