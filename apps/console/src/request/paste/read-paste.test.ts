import { create, createFileRegistry, type DescMethod, fromJson, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { HelloRequestSchema } from "@switchboard/proto/gen/greeter_pb.js";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { findMethod } from "../../schema/service-catalog.ts";
import { typeRegistry } from "../../schema/type-registry.ts";
import { readMessages } from "../json/read-messages.ts";
import { arbitraryMessage } from "../json/testing/arbitrary-message.ts";
import { compileRichSchema } from "../json/testing/rich-schema.ts";
import { readPaste } from "./read-paste.ts";

const sayHello = findMethod("Greeter", "SayHello") as DescMethod;
const sendMany = findMethod("test.demo", "TestClientSendStream") as DescMethod;
const ada = toBinary(HelloRequestSchema, create(HelloRequestSchema, { name: "Ada" }));

function read(text: string, method = sayHello) {
  const reading = readPaste(text, { method, registry: typeRegistry, findMethod });
  return (
    reading && { ...reading, notes: reading.notes.map((note) => [note.kind, ...Object.values(note.values)].join(" ")) }
  );
}

/** The documents of a reading. */
function documents(text: string, method?: DescMethod): unknown {
  const found = read(text, method)?.text;
  return found === undefined ? undefined : found.split(/\n(?=\{)/).map((one) => JSON.parse(one));
}

function envelope(payload: Uint8Array, flags = 0): Uint8Array {
  return Uint8Array.of(flags, 0, 0, payload.length >> 8, payload.length & 0xff, ...payload);
}

const anyCharacter = fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code));

describe("readPaste() of a grpcurl line", () => {
  it("takes data, metadata, deadline, method and address, and says what it can't use", () => {
    const line = String.raw`grpcurl -plaintext -import-path ./proto -proto greeter.proto -max-time 2.5 \
      -H 'Authorization: Bearer abc' -rpc-header "x-trace: 1" -reflect-header 'x-r: 2' -emit-defaults -frob \
      -d '{"name": "Ada"}' localhost:50051 Greeter/SayHello`;
    expect(read(line)).toEqual({
      kind: "grpcurl",
      isCertain: true,
      text: '{\n  "name": "Ada"\n}',
      metadata: [
        ["authorization", "Bearer abc"],
        ["x-trace", "1"],
      ],
      deadline: "2500 ms",
      method: { service: "Greeter", method: "SayHello" },
      address: "localhost:50051",
      notes: [
        "reflectHeaders x-r",
        "unknownFlags -frob",
        "targetFlags -plaintext",
        "schemaFlags -import-path -proto",
        "outputFlags -emit-defaults",
        "address localhost:50051",
      ],
    });
  });

  it.each([
    ["grpcurl -d {} :1 test.demo.TestClientSendStream", "test.demo", "TestClientSendStream"],
    ["$ sudo grpcurl -d={} :1 Greeter/SayHello", "Greeter", "SayHello"],
    ["docker run --rm -it fullstorydev/grpcurl:latest --plaintext :1 a.B/C", "a.B", "C"],
    ["/usr/local/bin/grpcurl :1 a.b.C.D", "a.b.C", "D"],
    ["PS C:\\x> grpcurl.exe `\n -plaintext `\n :1 a.B/C", "a.B", "C"],
    ["grpcurl -protoset x.binpb -vv :1 .a.B/C", "a.B", "C"],
  ])("finds the method of %s", (line, service, method) => {
    expect(read(line)).toMatchObject({ kind: "grpcurl", method: { service, method } });
  });

  it("takes several documents, a here-document and what is piped in", () => {
    const two = [{ data: "a" }, { data: "b" }];
    const rest = ":1 test.demo/TestClientSendStream";
    expect(documents(`grpcurl -d '{"data":"a"}{"data":"b"}' ${rest}`, sendMany)).toEqual(two);
    expect(documents(`grpcurl -d @ ${rest} <<EOF\n{"data":"a"}\n{"data":"b"}\nEOF`, sendMany)).toEqual(two);
    expect(documents(`echo '{"name": "Ada"}' | grpcurl -d @ :1 Greeter/SayHello`)).toEqual([{ name: "Ada" }]);
  });

  it("says where data is that it doesn't have", () => {
    expect(read("grpcurl -d @ :1 Greeter/SayHello")?.notes).toContain("dataInput");
    expect(read("grpcurl -d @ :1 Greeter/SayHello < a.json")?.notes).toContain("dataFile a.json");
    expect(read("grpcurl -d @ :1 Greeter/SayHello")).not.toHaveProperty("text");
  });

  it("reads data in text format, and backslashes that PowerShell asks for", () => {
    expect(documents(`grpcurl -format text -d 'name: "Ada"' :1 Greeter/SayHello`)).toEqual([{ name: "Ada" }]);
    expect(documents(String.raw`grpcurl -d '{\"name\": \"Ada\"}' :1 Greeter/SayHello`)).toEqual([{ name: "Ada" }]);
  });

  it("reads data for the method that the line calls, not for the open one", () => {
    expect(documents(`grpcurl -format text -d 'name: "Ada"' :1 Greeter/SayHello`, sendMany)).toEqual([{ name: "Ada" }]);
  });

  it("keeps data that is not JSON, for the editor to mark, and says what a shell would fill in", () => {
    expect(read(`grpcurl -d '{"name": }' -H "a: $B" :1 Greeter/SayHello`)).toMatchObject({
      text: '{"name": }',
      notes: ["substitutions $B", "address :1"],
    });
  });

  it("sends an empty message without data, and says that a listing calls nothing", () => {
    expect(read("grpcurl :1 Greeter/SayHello")?.text).toBe("{}");
    expect(read("grpcurl -plaintext :1 list")).toEqual({
      kind: "grpcurl",
      isCertain: true,
      address: ":1",
      notes: ["listing", "targetFlags -plaintext", "address :1"],
    });
  });
});

describe("readPaste() of a buf curl line", () => {
  it("takes data, metadata, deadline, protocol, method and address", () => {
    const line = `buf curl --schema buf.build/acme/x --protocol grpcweb --http2-prior-knowledge -H 'a: b' --timeout 1m30s \\
      --reflect=false --data '{"name": "Ada"}' https://example.com/api/Greeter/SayHello`;
    expect(read(line)).toEqual({
      kind: "buf-curl",
      isCertain: true,
      text: '{\n  "name": "Ada"\n}',
      metadata: [["a", "b"]],
      deadline: "90 s",
      protocol: "grpc-web",
      method: { service: "Greeter", method: "SayHello" },
      address: "https://example.com/api",
      notes: [
        "targetFlags --http2-prior-knowledge",
        "schemaFlags --schema --reflect",
        "address https://example.com/api",
      ],
    });
  });

  it("is found behind what runs it", () => {
    expect(read("npm exec -- buf curl -d '{}' http://a/b.C/D")).toMatchObject({ method: { service: "b.C" } });
    expect(read("buf build -o x")).toBeUndefined();
  });
});

describe("readPaste() of a curl line", () => {
  it("takes a Connect call", () => {
    const line = `curl -sS -X POST 'http://a.test:8080/Greeter/SayHello' -H 'Content-Type: application/json' \\
      -H 'Connect-Protocol-Version: 1' -H 'connect-timeout-ms: 5000' -H 'cookie: a=b' -u me:secret --data-raw '{"name":"Ada"}'`;
    expect(read(line)).toEqual({
      kind: "curl",
      isCertain: true,
      text: '{\n  "name": "Ada"\n}',
      metadata: [["authorization", "Basic bWU6c2VjcmV0"]],
      deadline: "5 s",
      protocol: "connect-json",
      method: { service: "Greeter", method: "SayHello" },
      address: "http://a.test:8080",
      notes: ["reservedHeaders cookie", "outputFlags -s -S -X", "address http://a.test:8080"],
    });
  });

  it("takes a Connect call by GET, in the address and by -G", () => {
    const ask = "http://a/Greeter/SayHello";
    const whole = `${ask}?connect=v1&encoding=json&message=%7B%22name%22%3A%22Ada%22%7D`;
    const bytes = `${ask}?connect=v1&encoding=proto&base64=1&message=CgNBZGE`;
    expect(documents(`curl '${whole}'`)).toEqual([{ name: "Ada" }]);
    expect(documents(`curl '${bytes}'`)).toEqual([{ name: "Ada" }]);
    expect(documents(`curl -G ${ask} -d encoding=json --data-urlencode 'message={"name": "A&a"}'`)).toEqual([
      { name: "A&a" },
    ]);
  });

  it("says that it has no use for other data", () => {
    expect(read("curl http://a/Greeter/SayHello -H 'content-type: application/proto' -d @x.bin")?.notes).toContain(
      "dataFile x.bin",
    );
    expect(read("curl http://a/")?.notes).toContain("noMethod");
  });
});

describe("readPaste() of bytes", () => {
  const layouts: readonly (readonly [name: string, text: string])[] = [
    ["digits", "0a03416461"],
    ["spaces", "0A 03 41 64 61"],
    ["colons", "0a:03:41:64:61"],
    ["0x before all", "0x0a03416461"],
    ["an array of C", "{0xa, 0x03, 0x41, 0x64, 0x61}"],
    ["\\x", String.raw`\x0a\x03\x41\x64\x61`],
    ["a string of Python", String.raw`b'\n\x03\x41da'`],
    ["xxd", "00000000: 0a03 4164 61                             ..Ada"],
    ["hexdump -C", "00000000  0a 03 41 64 61                                    |..Ada|\n00000005"],
    ["od", "000000 0a 03 41 64 61\n000005"],
    ["Wireshark", "0000   0a 03 41 64 61                                    ..Ada"],
    ["base64", "CgNBZGE="],
    ["base64 without padding", "CgNBZGE"],
    ["base64 in quotes", '"CgNBZGE="'],
  ];

  it.each(layouts)("reads them as %s", (_, text) => {
    expect(documents(text)).toEqual([{ name: "Ada" }]);
  });

  it("reads a dump of many lines, whatever letters stand beside", () => {
    const name = "abcdef 0123456789 beef cafe".repeat(4);
    const bytes = toBinary(HelloRequestSchema, create(HelloRequestSchema, { name }));
    const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, line) => {
      const row = [...bytes.subarray(line * 16, line * 16 + 16)];
      const pairs = row.map((byte) => byte.toString(16).padStart(2, "0"));
      const shown = `${pairs.slice(0, 8).join(" ")}  ${pairs.slice(8).join(" ")}`.padEnd(49);
      const characters = row.map((byte) => (byte < 32 || byte > 126 ? "." : String.fromCharCode(byte))).join("");
      return { offset: (line * 16).toString(16).padStart(8, "0"), shown, pairs, characters };
    });
    const hexdump = lines.map(({ offset, shown, characters }) => `${offset}  ${shown} |${characters}|`).join("\n");
    const xxd = lines.map(
      ({ offset, pairs, characters }) =>
        `${offset}: ${pairs
          .join("")
          .replace(/(.{4})/g, "$1 ")
          .padEnd(40)} ${characters}`,
    );
    expect(documents(hexdump)).toEqual([{ name }]);
    expect(documents(xxd.join("\n"))).toEqual([{ name }]);
  });

  it("takes gRPC's envelope off, and says so", () => {
    expect(read(envelope(ada).toHex())).toEqual({
      kind: "hex",
      isCertain: true,
      text: '{\n  "name": "Ada"\n}',
      notes: ["envelopes 1"],
    });
    expect(read(envelope(ada).toBase64())).toMatchObject({ kind: "base64", notes: ["envelopes 1"] });
  });

  it("takes several envelopes, compressed ones and trailers", () => {
    const packed = envelope(gzipSync(ada), 1);
    const trailers = envelope(new TextEncoder().encode("grpc-status:0\r\n"), 0x80);
    const all = Uint8Array.of(...envelope(ada), ...packed, ...trailers).toHex();
    expect(documents(all)).toEqual([{ name: "Ada" }, { name: "Ada" }]);
    expect(read(all)?.notes).toEqual(["envelopes 3", "decompressed", "trailers", "manyMessages 2"]);
    expect(read(envelope(Uint8Array.of(1, 2, 3), 1).toHex())?.notes).toContain("compressed 1");
  });

  it("says which fields the schema lacks", () => {
    expect(read("0a034164617805")).toMatchObject({ isCertain: false, notes: ["unknownFields 15"] });
  });

  it("says that a dump is no message of the type", () => {
    expect(read("00000000: ffff ffff ff                             .....")).toEqual({
      kind: "hex",
      isCertain: false,
      notes: ["notMessage HelloRequest"],
    });
  });

  it.each(["hello", "password", "dead", "1000", "2024-01-01", "the quick brown fox", "a.b.c", "name"])(
    "leaves %j alone",
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );
});

describe("readPaste()", () => {
  it("reads text format, and places what it doesn't understand", () => {
    expect(read('name: "Ada"')).toMatchObject({ kind: "text-format", text: '{\n  "name": "Ada"\n}', notes: [] });
    const text = 'nickname: "x"\nname: "Ada"';
    const reading = readPaste(text, { method: sayHello, registry: typeRegistry, findMethod });
    expect(reading?.notes).toEqual([
      {
        kind: "fault",
        fault: "unknownField",
        place: { from: 0, to: 8 },
        values: { field: "nickname", expected: "HelloRequest" },
        isLoss: true,
      },
    ]);
    expect(read('name: "Ada')).toEqual({
      kind: "text-format",
      isCertain: false,
      notes: ['fault "Ada'],
    });
    expect(read("Dear Ada: hello")).toBeUndefined();
  });

  it("takes JSON as it is, and leaves text that is nearly JSON alone", () => {
    expect(read(' {"name":"Ada"} ')).toMatchObject({ kind: "json", text: '{"name":"Ada"}' });
    expect(read('{"name": ')).toBeUndefined();
    expect(read("{name: 'Ada'}")).toBeUndefined();
  });

  it("brings messages back from every form, one or several", () => {
    const { registry, rich } = compileRichSchema();
    const file = fromJson(FileDescriptorProtoSchema, {
      name: "service.proto",
      dependency: ["rich.proto"],
      service: [
        {
          name: "Other",
          method: [{ name: "Call", inputType: ".rich.Rich", outputType: ".rich.Rich", clientStreaming: true }],
        },
      ],
    });
    const service = createFileRegistry(file, (name) => registry.getFile(name)).getService("Other");
    const method = service?.methods[0] as DescMethod;
    const context = { method, registry, findMethod: () => undefined };
    const messages = fc.array(arbitraryMessage(rich, registry), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(messages, fc.boolean(), (list, isHex) => {
        const bytes = Uint8Array.from(list.flatMap((message) => [...envelope(toBinary(rich, message))]));
        const reading = readPaste(isHex ? bytes.toHex() : bytes.toBase64(), context);
        const read = readMessages(reading?.text ?? "", { input: rich, registry, many: true });
        expect(read.issues).toEqual([]);
        expect(read.messages.map((message) => toBinary(rich, message))).toEqual(
          list.map((message) => toBinary(rich, message)),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("never throws for any text", () => {
    const parts = fc.constantFrom(
      "grpcurl ",
      "curl ",
      "buf ",
      "-d ",
      "@",
      "'{}' ",
      "0000: 0a",
      "\n",
      "name:",
      " x ",
      "=",
    );
    const lines = fc.array(parts, { maxLength: 20 }).map((list) => list.join(""));
    fc.assert(
      fc.property(fc.oneof(lines, fc.string({ unit: anyCharacter }), fc.base64String()), (text) => {
        expect(read(text)?.notes ?? []).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});
