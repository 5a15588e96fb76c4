import { createClient, createRouterTransport } from "@connectrpc/connect";
import { Authorize } from "@switchboard/proto/gen/authorize_pb.js";
import { expect, test } from "vitest";
import { createAuthorizeService } from "./authorize-service.ts";

test("answers the number that was counted", async () => {
  const implementation = createAuthorizeService({ countGpus: async () => 24 });
  const client = createClient(
    Authorize,
    createRouterTransport(({ service }) => void service(Authorize, implementation)),
  );
  expect((await client.getGpuNum({ word: "hi" })).count).toBe(24);
});
