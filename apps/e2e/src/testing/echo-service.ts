import { setTimeout as delay } from "node:timers/promises";
import { type DescService, isMessage, type Message } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import type { Any, Duration } from "@bufbuild/protobuf/wkt";
import { type Validator, type Violation, violationsToProto } from "@bufbuild/protovalidate";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { type ErrorDetail, everyDetail, packedDetail } from "./echo-details.ts";

/** The most messages or rows that one call answers. */
const maxCount = 1_000_000;

interface EchoTimesRequest extends Message {
  readonly message?: Message;
  readonly times: number;
  readonly pause?: Duration;
}

interface FailRequest extends Message {
  readonly code: number;
  readonly message: string;
  readonly details: readonly Any[];
  readonly everyDetail: boolean;
}

interface FailLaterRequest extends Message {
  readonly messages: number;
  readonly failure?: FailRequest;
}

interface LargeRequest extends Message {
  readonly rows: number;
  readonly textLength: number;
}

interface BytesRequest extends Message {
  readonly content: Uint8Array;
  readonly contentType: string;
}

/** Implements `switchboard.testing.v1.EchoService`; what it validates, it validates by `validator`. */
export function createEchoService(service: DescService, validator: Validator): Partial<ServiceImpl<DescService>> {
  const echoes = service.methods.filter(({ name, methodKind }) => name.startsWith("Echo") && methodKind === "unary");
  const keepsRules = (request: Message, detailsOf: (violations: Violation[]) => ErrorDetail) => {
    const desc = service.methods.find(({ input }) => isMessage(request, input))?.input;
    const result = desc && validator.validate(desc, request);
    if (result?.kind === "error") {
      throw new ConnectError(result.error.message, Code.Internal);
    }
    if (result?.kind === "invalid") {
      throw refusal(result.error.message, Code.InvalidArgument, [detailsOf(result.violations)]);
    }
    return request;
  };
  const methods = {
    ...Object.fromEntries(echoes.map(({ localName }) => [localName, (request: Message) => request])),
    async *echoTimes({ message, times, pause }: EchoTimesRequest) {
      const pauseMs = pause === undefined ? 0 : Number(pause.seconds) * 1000 + pause.nanos / 1e6;
      for (let left = Math.min(times, maxCount); left > 0; left -= 1) {
        yield message ?? nothing;
        if (pauseMs > 0 && left > 1) {
          await delay(pauseMs);
        }
      }
    },
    echoAll: async (requests: AsyncIterable<Message>) => ({ messages: await Array.fromAsync(requests) }),
    echoEach: (requests: AsyncIterable<Message>) => requests,
    fail: (request: FailRequest) => fail(request),
    async *failLater({ messages, failure }: FailLaterRequest) {
      for (let left = Math.min(messages, maxCount); left > 0; left -= 1) {
        yield nothing;
      }
      if (failure !== undefined) {
        fail(failure);
      }
    },
    placeOrder: (order: Message) => keepsRules(order, violationsDetail),
    placeOrderByBadRequest: (order: Message) => keepsRules(order, badRequestDetail),
    checkRules: (rules: Message) => keepsRules(rules, violationsDetail),
    large: ({ rows, textLength }: LargeRequest) => {
      const text = "x".repeat(Math.min(textLength, maxCount));
      return { rows: Array.from({ length: Math.min(rows, maxCount) }, (_, position) => row(position, text)) };
    },
    bytes: ({ content, contentType }: BytesRequest) => ({ content, contentType }),
    // An init would lose what the schema doesn't have.
    unknown: (request: Message) => ({
      ...request,
      $typeName: service.method.unknown?.output.typeName,
      $unknown: strangeFields,
    }),
    old: () => nothing,
  };
  // The type of a service that is known at run time alone has no place for a method of any kind.
  return methods as unknown as Partial<ServiceImpl<DescService>>;
}

const nothing: Record<string, unknown> = {};

/** Of every wire type: a varint, 64 bits, a length-delimited text, and 32 bits. */
const strangeFields: Message["$unknown"] = [
  { no: 2, wireType: 0, data: new Uint8Array([0x96, 0x01]) },
  { no: 3, wireType: 1, data: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]) },
  { no: 4, wireType: 2, data: new Uint8Array([5, 0x68, 0x65, 0x6c, 0x6c, 0x6f]) },
  { no: 1000, wireType: 5, data: new Uint8Array([1, 2, 3, 4]) },
];

function fail({ code, message, details, everyDetail: all }: FailRequest): Record<string, unknown> {
  if (code !== 0) {
    throw refusal(message, code, [...details.map(packedDetail), ...(all ? everyDetail : [])]);
  }
  return nothing;
}

function refusal(message: string, code: Code, details: readonly ErrorDetail[]): ConnectError {
  const error = new ConnectError(message, code);
  error.details.push(...details);
  return error;
}

function violationsDetail(violations: Violation[]): ErrorDetail {
  const [value, desc] = violationsToProto(violations);
  return { desc, value };
}

function badRequestDetail(violations: Violation[]): ErrorDetail {
  const fieldViolations = violations.map(({ field, message, ruleId }) => ({
    field: pathToString(field),
    description: message,
    reason: ruleId,
  }));
  return { desc: BadRequestSchema, value: { fieldViolations } };
}

function row(position: number, text: string): Record<string, unknown> {
  const name = `row ${position}`;
  return { id: BigInt(position), name, score: position / 8, color: position % 4, text, even: position % 2 === 0 };
}
