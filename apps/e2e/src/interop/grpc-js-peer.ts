import { fileURLToPath } from "node:url";
import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  type ClientWritableStream,
  credentials,
  type MethodDefinition,
  type ServiceError,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

/** A message as a plain object, with the field names of the proto file. */
export type PlainMessage = Record<string, unknown>;

/** A client that knows of the server only what the published proto files say. A method is named as in `test.demo/hellojlc`. */
export interface GrpcJsPeer extends Disposable {
  /** Calls; rejects with the `ServiceError` of @grpc/grpc-js. */
  unary(method: string, request: PlainMessage): Promise<PlainMessage>;
  serverStream(method: string, request: PlainMessage): ClientReadableStream<PlainMessage>;
  /** Opens the stream; `answer` settles when the server has answered. */
  clientStream(method: string): { stream: ClientWritableStream<PlainMessage>; answer: Promise<PlainMessage> };
  bidi(method: string): ClientDuplexStream<PlainMessage, PlainMessage>;
}

const ORIGINALS = fileURLToPath(new URL("../../../../proto/original", import.meta.url));
const FILES = ["greeter.proto", "article.proto", "authorize.proto", "demo.proto", "test_service.proto"];

/**
 * Creates a client of @grpc/grpc-js from `proto/original`.
 *
 * @param address HOST:PORT of the server
 */
export function createGrpcJsPeer(address: string): GrpcJsPeer {
  const definitions = loadSync(FILES, { includeDirs: [ORIGINALS], keepCase: true, defaults: true });
  const client = new Client(address, credentials.createInsecure());

  function find(name: string): MethodDefinition<PlainMessage, PlainMessage> {
    const [service = "", method = ""] = name.split("/");
    // The loader types messages as `object`, and services no more closely than messages.
    const methods = definitions[service] as Record<string, MethodDefinition<PlainMessage, PlainMessage>> | undefined;
    const found = methods?.[method];
    if (found === undefined) {
      throw new Error(`the published proto files have no ${name}`);
    }
    return found;
  }

  return {
    unary(name, request) {
      const { path, requestSerialize, responseDeserialize } = find(name);
      const { answer, onAnswer } = awaitAnswer();
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, onAnswer);
      return answer;
    },
    serverStream(name, request) {
      const { path, requestSerialize, responseDeserialize } = find(name);
      return client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request);
    },
    clientStream(name) {
      const { path, requestSerialize, responseDeserialize } = find(name);
      const { answer, onAnswer } = awaitAnswer();
      return { stream: client.makeClientStreamRequest(path, requestSerialize, responseDeserialize, onAnswer), answer };
    },
    bidi(name) {
      const { path, requestSerialize, responseDeserialize } = find(name);
      return client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    },
    [Symbol.dispose]: () => client.close(),
  };
}

function awaitAnswer() {
  const { promise: answer, resolve, reject } = Promise.withResolvers<PlainMessage>();
  const onAnswer = (error: ServiceError | null, message?: PlainMessage) =>
    message === undefined ? reject(error) : resolve(message);
  return { answer, onAnswer };
}
