import { describe, expect, it } from "vitest";
import type { FieldList } from "../../net/http-exchange.ts";
import { appendResponseFields, type ResponseReader, safeValue } from "./response-fields.ts";

function fieldsFor(reader: ResponseReader, received: FieldList, skipped: readonly string[] = []): FieldList {
  const fields: FieldList = [];
  appendResponseFields(fields, received, reader, new Set(skipped));
  return fields;
}

describe("appendResponseFields()", () => {
  it.each([
    "set-cookie",
    "set-cookie2",
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-expose-headers",
    "clear-site-data",
    "strict-transport-security",
    "content-security-policy",
    "content-security-policy-report-only",
    "location",
    "refresh",
    "content-encoding",
    "content-disposition",
    "service-worker-allowed",
    "cross-origin-opener-policy",
    "x-frame-options",
    "www-authenticate",
    "link",
    "sourcemap",
    "alt-svc",
    "report-to",
  ])("keeps %s from acting on a browser, and loses nothing of it", (name) => {
    expect(fieldsFor("browser", [name, "a", "x-b", "1", name, "c"])).toEqual([
      `x-switchboard-upstream-${name}`,
      "a",
      "x-b",
      "1",
      `x-switchboard-upstream-${name}`,
      "c",
    ]);
  });

  it("passes them on to a native client as they are", () => {
    const received = ["set-cookie", "a=1", "location", "/", "x-a", "1", "x-a", "2"];
    expect(fieldsFor("native", received)).toEqual(received);
  });

  it.each(["connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "content-length", "host"])(
    "lets %s end at the gateway",
    (name) => {
      expect(fieldsFor("native", [name, "x"])).toEqual([]);
      expect(fieldsFor("browser", [name, "x"])).toEqual([]);
    },
  );

  it("lets what `connection` names end at the gateway", () => {
    expect(fieldsFor("native", ["x-a", "1", "connection", "close, X-A", "x-b", "2"])).toEqual(["x-b", "2"]);
  });

  it("lets no server pass for the gateway", () => {
    expect(fieldsFor("native", ["x-switchboard-ended-by", "client"])).toEqual([]);
  });

  it("takes names that are properties of every object", () => {
    expect(fieldsFor("browser", ["__proto__", "1", "constructor", "2"])).toEqual([
      "__proto__",
      "1",
      "constructor",
      "2",
    ]);
  });

  it("leaves out what its caller sees to", () => {
    expect(fieldsFor("browser", ["content-type", "text/html", "x-a", "1"], ["content-type"])).toEqual(["x-a", "1"]);
  });
});

describe("safeValue()", () => {
  it("takes out what would forge another field, and nothing else", () => {
    expect(safeValue("a\r\ngrpc-status: 0\0\x7f")).toBe("agrpc-status: 0");
    expect(safeValue("h\xe9 \t%zz")).toBe("h\xe9 \t%zz");
  });
});
