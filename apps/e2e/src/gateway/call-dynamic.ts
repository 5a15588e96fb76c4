import {
  type DescMethodStreaming,
  type DescMethodUnary,
  fromJson,
  type JsonObject,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { TargetSchema } from "./harbour-schema.ts";

/** What came of a call, its messages in JSON. */
export interface DynamicAnswer {
  readonly messages: readonly JsonValue[];
  readonly header: Headers;
  readonly trailer: Headers;
}

/** A call of a method that is only known by a schema. */
export interface DynamicCall {
  readonly transport: Transport;
  readonly schema: TargetSchema;
  readonly method: string;
  readonly requests: readonly JsonObject[];
  readonly header?: Readonly<Record<string, string>>;
}

/** Makes a call and reads it to its end. Rejects with the ConnectError that it ends with. */
export async function callDynamic(call: DynamicCall): Promise<DynamicAnswer> {
  const { transport, schema, requests } = call;
  const method: DescMethodUnary | DescMethodStreaming = schema.method(call.method);
  const read = (json: JsonObject) => fromJson(method.input, json, schema);
  const write = (message: Message) => toJson(method.output, message, schema);
  const header = new Headers(call.header);
  if (method.methodKind === "unary") {
    const [request = {}] = requests;
    const answer = await transport.unary(method, undefined, undefined, header, read(request));
    return { messages: [write(answer.message)], header: answer.header, trailer: answer.trailer };
  }
  const answer = await transport.stream(method, undefined, undefined, header, inTurn(requests.map(read)));
  const messages = (await Array.fromAsync(answer.message)).map(write);
  return { messages, header: answer.header, trailer: answer.trailer };
}

async function* inTurn<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}
