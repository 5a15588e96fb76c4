import { createClient, createRouterTransport } from "@connectrpc/connect";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { describe, expect, test } from "vitest";
import { createGreeterService } from "./greeter-service.ts";

describe("createGreeterService()", () => {
  const client = createClient(
    Greeter,
    createRouterTransport(({ service }) => void service(Greeter, createGreeterService())),
  );

  test.each([
    ["ada", "Hello, ada!", "Test ok: ada"],
    ["", "Hello, world!", "Test ok: world"],
    ["你好", "Hello, 你好!", "Test ok: 你好"],
  ])("greets %j", async (name, hello, ok) => {
    expect((await client.sayHello({ name })).message).toBe(hello);
    expect((await client.test({ name })).message).toBe(ok);
  });
});
