import { Code } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { maxHeaderBlockBytes, serializeHeaderFields } from "@switchboard/wire/header-block.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldList } from "../../net/http-exchange.ts";
import type { CarriedWire } from "./call-request.ts";
import { createUpstreamResponse, type ResponseTerms } from "./upstream-response.ts";

/** A response with all that it told. */
function createResponse(wire: CarriedWire, terms: Partial<ResponseTerms> = {}) {
  const events: string[] = [];
  const body: number[] = [];
  const listener = createUpstreamResponse(
    { wire, contentType: "application/grpc-web+proto", readsCompressed: false, maxMessageBytes: 1_000, ...terms },
    {
      onHeader: (fields) => events.push(`header ${fields.join(" ")}`),
      onData: (bytes) => body.push(...bytes),
      onEnd: (trailers, code) => events.push(`end ${code}: ${trailers.join(" ")}`),
      onError: ({ code, rawMessage }, endedBy) => events.push(`error ${Code[code]} ${endedBy}: ${rawMessage}`),
      onDrain: () => events.push("drain"),
    },
  );
  return { listener, events, body };
}

const webHead = { status: 200, fields: ["content-type", "application/grpc-web+proto"], isEnd: false };
const grpcHead = { status: 200, fields: ["content-type", "application/grpc"], isEnd: false };
const trailerFlag = 0x80;

function webTrailers(fields: FieldList): Uint8Array {
  return encodeEnvelope(trailerFlag, serializeHeaderFields(fields));
}

describe("a response of gRPC-Web", () => {
  it("is parted into messages and trailers, wherever it is cut", () => {
    const messages = Buffer.concat([encodeEnvelope(0, Uint8Array.of(1, 2, 3)), encodeEnvelope(0, new Uint8Array(40))]);
    const whole = Buffer.concat([messages, webTrailers(["grpc-status", "0", "x-a", "1", "x-a", "2"])]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(whole.byteLength), { maxLength: 20 }), (cuts) => {
        const { listener, events, body } = createResponse("grpc-web");
        listener.onHead(webHead);
        let at = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), whole.byteLength]) {
          listener.onData(whole.subarray(at, cut));
          at = cut;
        }
        listener.onClose(undefined);
        expect(body).toEqual([...messages]);
        expect(events).toEqual(["header content-type application/grpc-web+proto", "end 0: grpc-status 0 x-a 1 x-a 2"]);
      }),
    );
  });

  it("may have its status in its head", () => {
    const { listener, events } = createResponse("grpc-web");
    listener.onHead({ ...webHead, fields: [...webHead.fields, "grpc-status", "5", "x-a", "1"] });
    listener.onClose(undefined);
    expect(events).toEqual(["end 5: grpc-status 5 x-a 1"]);
  });

  it("may have trailers without an end of their last line", () => {
    const { listener, events } = createResponse("grpc-web");
    listener.onHead(webHead);
    listener.onData(encodeEnvelope(trailerFlag, new TextEncoder().encode("grpc-status:7")));
    listener.onClose(undefined);
    expect(events.at(-1)).toBe("end 7: grpc-status 7");
  });

  it.each([
    ["compressed trailers", encodeEnvelope(trailerFlag | 1, Uint8Array.of(1))],
    ["trailers over the limit", encodeEnvelope(trailerFlag, new Uint8Array(maxHeaderBlockBytes + 1))],
    ["trailers that are no lines", encodeEnvelope(trailerFlag, Uint8Array.of(1, 13, 10))],
  ])("ends with an error at %s", (_name, bytes) => {
    const { listener, events } = createResponse("grpc-web", { maxMessageBytes: 1_000_000 });
    listener.onHead(webHead);
    listener.onData(bytes);
    listener.onClose(undefined);
    expect(events).toHaveLength(2);
    expect(events[1]).toMatch(/^error Internal upstream: /);
  });

  it("ends with an error where there are no trailers", () => {
    const { listener, events } = createResponse("grpc-web");
    listener.onHead(webHead);
    listener.onData(encodeEnvelope(0, new Uint8Array(3)));
    listener.onClose(undefined);
    expect(events.at(-1)).toBe("error Internal upstream: the server ended its response without a grpc-status");
  });
});

describe("a response of gRPC", () => {
  it("gives bytes within a prefix that never became complete", () => {
    const { listener, events, body } = createResponse("grpc");
    listener.onHead(grpcHead);
    listener.onData(Uint8Array.of(0, 0, 0));
    listener.onTrailers(["grpc-status", "0"]);
    listener.onClose(undefined);
    expect(body).toEqual([0, 0, 0]);
    expect(events.at(-1)).toBe("end 0: grpc-status 0");
  });

  it.each([
    [false, ["error Internal gateway: "]],
    [true, []],
  ])("with a compressed message, where the client reads such: %s", (readsCompressed, errors) => {
    const { listener, events } = createResponse("grpc", { readsCompressed });
    listener.onHead(grpcHead);
    listener.onData(encodeEnvelope(1, new Uint8Array(3)));
    expect(events.slice(1).map((event) => event.slice(0, 24))).toEqual(errors);
  });

  it("has no field by which a server would tell who ended the call", () => {
    const { listener, events } = createResponse("grpc");
    listener.onHead(grpcHead);
    listener.onTrailers(["grpc-status", "0", "x-switchboard-ended-by", "gateway", "x-a", "a\nb"]);
    listener.onClose(undefined);
    expect(events.at(-1)).toBe("end 0: grpc-status 0 x-a ab");
  });

  it("that broke tells the fault and who is behind it", () => {
    const { listener, events } = createResponse("grpc");
    listener.onClose({ code: Code.Unavailable, message: "gone", endedBy: "upstream", kind: "connection-lost" });
    expect(events).toEqual(["error Unavailable upstream: gone"]);
  });
});
