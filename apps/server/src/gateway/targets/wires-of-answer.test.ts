import { describe, expect, it } from "vitest";
import { isOfGrpcAlone, isWholeList, type WireAnswer, wiresOfAnswer } from "./wires-of-answer.ts";

function answer({ body = "", ...facts }: Omit<Partial<WireAnswer>, "body"> & { readonly body?: string }): WireAnswer {
  return { status: 200, contentType: "", acceptPost: "", body: new TextEncoder().encode(body), ...facts };
}

const json = "application/json";

describe("wiresOfAnswer()", () => {
  it.each([
    ["gRPC's type", answer({ contentType: "application/grpc" }), ["grpc"]],
    ["gRPC's type with a codec", answer({ contentType: "application/grpc+json" }), ["grpc"]],
    ["gRPC-Web's type", answer({ contentType: "application/grpc-web+proto" }), ["grpc-web"]],
    ["gRPC-Web's text", answer({ contentType: "application/grpc-web-text" }), ["grpc-web"]],
    ["a stream of Connect's", answer({ contentType: "application/connect+proto" }), ["connect"]],
    ["any case and parameters", answer({ contentType: "Application/GRPC+proto; a=b" }), ["grpc"]],
    ["an error of Connect's", answer({ status: 404, contentType: json, body: '{"code":"not_found"}' }), ["connect"]],
    ["a health answer", answer({ contentType: json, body: '{"status":"SERVING"}' }), ["connect"]],
    ["somebody's error", answer({ status: 404, contentType: json, body: '{"code":5}' }), []],
    ["an error without a protocol's code", answer({ status: 404, contentType: json, body: '{"code":"nope"}' }), []],
    ["somebody's JSON", answer({ contentType: json, body: '{"status":1}' }), []],
    ["JSON that is cut", answer({ contentType: json, body: '{"sta' }), []],
    ["JSON that is no object", answer({ contentType: json, body: "null" }), []],
    ["a page", answer({ contentType: "text/html", body: "<html>" }), []],
    ["nothing", answer({ status: 404 }), []],
  ])("tells from %s", (_name, given, wires) => {
    expect(wiresOfAnswer(given)).toEqual(wires);
  });

  it("tells from what a server says that it takes", () => {
    const acceptPost = "application/grpc, application/grpc-web+proto , application/json, application/proto";
    const wires = wiresOfAnswer(answer({ status: 415, acceptPost }));
    expect(wires).toEqual(["grpc", "grpc-web", "connect"]);
    expect(wiresOfAnswer(answer({ status: 415, acceptPost: "application/connect+json" }))).toEqual(["connect"]);
    expect(wiresOfAnswer(answer({ status: 415, acceptPost: "text/plain" }))).toEqual([]);
    expect(wiresOfAnswer(answer({ status: 200, acceptPost }))).toEqual([]);
  });
});

describe("isWholeList()", () => {
  it("is true of a refusal that lists what its server takes alone", () => {
    expect(isWholeList(answer({ status: 415, acceptPost: "application/grpc, application/proto" }))).toBe(true);
    expect(isWholeList(answer({ status: 415, acceptPost: "text/plain" }))).toBe(false);
    expect(isWholeList(answer({ status: 415 }))).toBe(false);
    expect(isWholeList(answer({ acceptPost: "application/grpc" }))).toBe(false);
  });
});

describe("isOfGrpcAlone()", () => {
  it.each([
    ["a status of gRPC", answer({ contentType: "application/grpc" }), true],
    ["a refusal with a status of gRPC", answer({ status: 415, contentType: "application/grpc" }), true],
    ["a bare refusal", answer({ status: 415 }), true],
    ["a refusal that lists other types", answer({ status: 415, acceptPost: "text/plain" }), false],
    ["a status of gRPC-Web", answer({ contentType: "application/grpc-web+proto" }), false],
    ["nothing", answer({ status: 404 }), false],
  ])("judges %s", (_name, given, expected) => {
    expect(isOfGrpcAlone(given)).toBe(expected);
  });
});
