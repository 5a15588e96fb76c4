import { createClient, createRouterTransport } from "@connectrpc/connect";
import { TestService } from "@switchboard/proto/gen/test_service_pb.js";
import { expect, test } from "vitest";
import { createTestService } from "./test-service.ts";

const client = createClient(
  TestService,
  createRouterTransport(({ service }) => void service(TestService, createTestService())),
);

test("answers the known request with the known result, twice", async () => {
  expect(await client.method({ request1: "java-request1" })).toMatchObject({
    result1: "res1-java-client->py-server",
    result2: "res1-java-client->py-server",
  });
});

test("answers any other request with f1 and fn1, whatever the second string is", async () => {
  expect(await client.method({ request1: "", request2: "java-request1" })).toMatchObject({
    result1: "f1",
    result2: "fn1",
  });
});
