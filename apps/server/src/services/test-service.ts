import type { ServiceImpl } from "@connectrpc/connect";
import type { TestService } from "@switchboard/proto/gen/test_service_pb.js";

const KNOWN_REQUEST = "java-request1";
const KNOWN_RESULT = "res1-java-client->py-server";

/** Creates `/example.TestService`: it answers from a table of one row, by the first string of the request. */
export function createTestService(): ServiceImpl<typeof TestService> {
  return {
    method: ({ request1 }) =>
      request1 === KNOWN_REQUEST ? { result1: KNOWN_RESULT, result2: KNOWN_RESULT } : { result1: "f1", result2: "fn1" },
  };
}
