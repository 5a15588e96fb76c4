import {
  create,
  type DescMethod,
  fromBinary,
  type JsonValue,
  type Message,
  type Registry,
  toBinary,
} from "@bufbuild/protobuf";
import type { Any } from "@bufbuild/protobuf/wkt";
import { messageOf, suitePackage } from "./compat-messages.ts";
import type { DefinedError, Header } from "./conformance-types.ts";

/** A call that the runner has a client make, of `ClientCompatRequest`. */
export interface ClientRequest {
  readonly testName: string;
  readonly host: string;
  readonly port: number;
  readonly service?: string;
  readonly method?: string;
  readonly requestHeaders: readonly Header[];
  readonly requestMessages: readonly Any[];
  readonly timeoutMs?: number;
  /** Before each message, in milliseconds. */
  readonly requestDelayMs: number;
  /** A number of `StreamType`. */
  readonly streamType: number;
  readonly cancel?: { readonly cancelTiming: CancelTiming };
}

/** When the client is to give its call up. */
export type CancelTiming =
  | { readonly case: "beforeCloseSend"; readonly value: Message }
  | { readonly case: "afterCloseSendMs"; readonly value: number }
  | { readonly case: "afterNumResponses"; readonly value: number }
  | { readonly case: undefined };

/** What came of the call, of `ClientResponseResult`. */
export interface ClientResult {
  readonly responseHeaders: readonly Header[];
  readonly payloads: readonly object[];
  readonly error?: DefinedError;
  readonly responseTrailers: readonly Header[];
  /** How many request messages were not sent since the call was over before. */
  readonly numUnsentRequests: number;
}

/** Reads and writes the messages between a runner and a client. */
export interface ClientMessages {
  readRequest(bytes: Uint8Array): ClientRequest;
  writeResult(testName: string, result: ClientResult): Uint8Array;
  /** Where no call could be made. */
  writeFailure(testName: string, message: string): Uint8Array;
  /** The method that a request is for. */
  methodOf(request: ClientRequest): DescMethod;
  /** The request's messages, of the method's input. */
  inputsOf(request: ClientRequest, method: DescMethod): readonly Message[];
}

/** Creates what reads and writes those messages by the types of the suite. */
export function createClientMessages(registry: Registry): ClientMessages {
  const requestDesc = messageOf(registry, "ClientCompatRequest");
  const responseDesc = messageOf(registry, "ClientCompatResponse");
  const write = (
    testName: string,
    result: { readonly case: "response" | "error"; readonly value: JsonValue | object },
  ) => toBinary(responseDesc, create(responseDesc, { testName, result }));
  return {
    // The suite's own protos describe the properties.
    readRequest: (bytes) => fromBinary(requestDesc, bytes) as ClientRequest & Message,
    writeResult: (testName, result) => write(testName, { case: "response", value: { ...result } }),
    writeFailure: (testName, message) => write(testName, { case: "error", value: { message } }),
    methodOf({ service = `${suitePackage}.ConformanceService`, method }) {
      const found = registry.getService(service)?.methods.find(({ name }) => name === method);
      if (found === undefined) {
        throw new Error(`the suite's protos have no method ${service}.${method}`);
      }
      return found;
    },
    inputsOf: ({ requestMessages }, { input }) => requestMessages.map(({ value }) => fromBinary(input, value)),
  };
}
