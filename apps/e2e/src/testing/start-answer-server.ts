import { crc32, deflateSync } from "node:zlib";
import { create, createFileRegistry, type DescFile, type Message } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type HandlerContext, type ServiceImpl } from "@connectrpc/connect";
import {
  BadRequestSchema,
  DebugInfoSchema,
  ErrorInfoSchema,
  HelpSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  QuotaFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { type FileInit, tellSchema } from "./tell-schema.ts";

/** The service whose methods give the answers that tests look at. */
export const answerService = "answers.v1.Answers";

const duration = ".google.protobuf.Duration";
const timestamp = ".google.protobuf.Timestamp";

const answersFile: FileInit = {
  name: "answers/v1/answers.proto",
  package: "answers.v1",
  syntax: "proto3",
  dependency: ["google/protobuf/timestamp.proto", "google/protobuf/duration.proto"],
  enumType: [
    {
      name: "Level",
      value: ["LEVEL_UNSPECIFIED", "LEVEL_LOW", "LEVEL_HIGH"].map((name, number) => ({ name, number })),
    },
  ],
  messageType: [
    { name: "ListRequest", field: [field("rows", 1, Type.INT32), field("body_length", 2, Type.INT32)] },
    { name: "Author", field: [field("name", 1, Type.STRING), field("email", 2, Type.STRING)] },
    {
      name: "Row",
      field: [
        field("id", 1, Type.INT64),
        field("title", 2, Type.STRING),
        field("body", 3, Type.STRING),
        field("score", 4, Type.DOUBLE),
        field("level", 5, Type.ENUM, ".answers.v1.Level"),
        field("create_time", 6, Type.MESSAGE, timestamp),
        field("author", 7, Type.MESSAGE, ".answers.v1.Author"),
        field("tags", 8, Type.STRING, undefined, Label.REPEATED),
        field("took", 9, Type.MESSAGE, duration),
      ],
    },
    {
      name: "ListResponse",
      field: [
        field("rows", 1, Type.MESSAGE, ".answers.v1.Row", Label.REPEATED),
        field("picture", 2, Type.BYTES),
        field("note", 3, Type.STRING),
        field("next_page_token", 4, Type.STRING),
      ],
    },
  ],
  service: [
    {
      name: "Answers",
      method: ["List", "Fail"].map((name) => ({
        name,
        inputType: ".answers.v1.ListRequest",
        outputType: ".answers.v1.ListResponse",
      })),
    },
  ],
};

function field(name: string, number: number, type: Type, typeName?: string, label: Label = Label.OPTIONAL) {
  const jsonName = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return { name, jsonName, number, type, label, ...(typeName === undefined ? {} : { typeName }) };
}

/** Starts a gRPC server whose `List` gives as many rows as it is asked for, and whose `Fail` ends with every detail. */
export function startAnswerServer(): Promise<H2cServer> {
  const wellKnown: readonly DescFile[] = [file_google_protobuf_timestamp, file_google_protobuf_duration];
  const file = create(FileDescriptorProtoSchema, answersFile);
  const registry = createFileRegistry(file, (name) => wellKnown.find(({ proto }) => proto.name === name));
  const service = registry.getService(answerService);
  const response = registry.getMessage("answers.v1.ListResponse");
  if (service === undefined || response === undefined) {
    throw new Error(`${answersFile.name} lacks a part`);
  }
  const told = { files: [...wellKnown.map(({ proto }) => proto), answersFile], services: [answerService] };
  // A service that is known only at run time has no types that its methods could be checked against.
  const methods: Record<string, (request: Message, context: HandlerContext) => Message> = {
    list: (request) =>
      create(response, {
        rows: rowsOf(Number(Reflect.get(request, "rows")), Number(Reflect.get(request, "bodyLength"))),
        picture: redSquare(),
        note: "\u202Etxt.exe \u0007 مرحبا",
      }),
    fail(_request, { responseHeader, responseTrailer }) {
      responseHeader.append("x-repeated", "one");
      responseTrailer.append("x-note-bin", Buffer.from("grüß").toString("base64url"));
      throw new ConnectError("the request has problems", Code.InvalidArgument, undefined, errorDetails);
    },
  };
  return serveH2c((router) => {
    tellSchema(router, () => told);
    router.service(service, methods as ServiceImpl<typeof service>);
  });
}

const firstSecond = 1_700_000_000;

function rowsOf(count: number, bodyLength: number): readonly object[] {
  return Array.from({ length: count }, (_, position) => ({
    id: BigInt(position) + 9_007_199_254_740_993n,
    title: `Row ${(position * 7_919) % count}`,
    body: `${position} `.repeat(bodyLength).slice(0, bodyLength),
    score: Math.sin(position),
    level: position % 3,
    createTime: { seconds: BigInt(firstSecond + ((position * 104_729) % 1_000_000)), nanos: 0 },
    author: { name: `Author ${position % 10}`, email: "author@example.com" },
    tags: ["one", "two"].slice(0, position % 3),
    took: { seconds: 90n, nanos: 500_000_000 },
  }));
}

/** A PNG of 8 by 8 red pixels (https://www.w3.org/TR/png-3/). */
function redSquare(): Uint8Array {
  const side = 8;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(side * 3, Buffer.of(255, 0, 0))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const errorDetails = [
  {
    desc: BadRequestSchema,
    value: {
      fieldViolations: [
        { field: "rows", description: "must be positive" },
        { field: "body_length", description: "<b>must</b> be less" },
      ],
    },
  },
  { desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n, nanos: 0 } } },
  {
    desc: HelpSchema,
    value: {
      links: [
        { description: "The manual", url: "https://example.com/manual" },
        { description: "A trap", url: "javascript:alert(1)" },
      ],
    },
  },
  { desc: DebugInfoSchema, value: { stackEntries: ["at one", "at two"], detail: "a detail" } },
  { desc: QuotaFailureSchema, value: { violations: [{ subject: "clientip:127.0.0.1", description: "too many" }] } },
  {
    desc: PreconditionFailureSchema,
    value: { violations: [{ type: "TOS", subject: "example.com", description: "not accepted" }] },
  },
  {
    desc: ErrorInfoSchema,
    value: { reason: "ROWS_INVALID", domain: "answers.example.com", metadata: { zone: "a", ["__proto__"]: "b" } },
  },
  { desc: RequestInfoSchema, value: { requestId: "request-1", servingData: "data" } },
  {
    desc: ResourceInfoSchema,
    value: { resourceType: "row", resourceName: "rows/1", owner: "user:ada", description: "gone" },
  },
  { desc: LocalizedMessageSchema, value: { locale: "de", message: "Bitte prüfen" } },
];
