import { Code, createClient, createHandlerContext, createRouterTransport } from "@connectrpc/connect";
import {
  Health,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { describe, expect, test } from "vitest";
import { createHealthService } from "./health-service.ts";

function createHealthClient() {
  const health = createHealthService({ services: ["Greeter", "test.demo"] });
  const transport = createRouterTransport(({ service }) => void service(Health, health.implementation));
  return { ...health, client: createClient(Health, transport) };
}

describe("Check", () => {
  test.each(["", "Greeter", "test.demo"])("tells the state of %j", async (service) => {
    const { client, setServing } = createHealthClient();
    expect((await client.check({ service })).status).toBe(ServingStatus.SERVING);
    setServing(false);
    expect((await client.check({ service })).status).toBe(ServingStatus.NOT_SERVING);
  });

  test.each(["greeter", "__proto__"])("answers NOT_FOUND for the unknown %j", async (service) => {
    await expect(createHealthClient().client.check({ service })).rejects.toMatchObject({ code: Code.NotFound });
  });
});

describe("List", () => {
  test("tells the state of the server and of every service", async () => {
    const { statuses } = await createHealthClient().client.list({});
    expect(Object.keys(statuses).sort()).toEqual(["", "Greeter", "test.demo"]);
    expect(statuses["test.demo"]?.status).toBe(ServingStatus.SERVING);
  });
});

describe("Watch", () => {
  test("sends the state now and at each change", async () => {
    const { client, setServing } = createHealthClient();
    const stream = client.watch({ service: "Greeter" })[Symbol.asyncIterator]();
    expect((await stream.next()).value?.status).toBe(ServingStatus.SERVING);
    for (const serving of [false, true]) {
      const next = stream.next();
      setServing(serving);
      const status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
      expect((await next).value?.status).toBe(status);
    }
  });

  test("sends SERVICE_UNKNOWN for an unknown name, and stays open", async () => {
    const { client } = createHealthClient();
    const controller = new AbortController();
    const stream = client.watch({ service: "none" }, { signal: controller.signal })[Symbol.asyncIterator]();
    expect((await stream.next()).value?.status).toBe(ServingStatus.SERVICE_UNKNOWN);
    const next = stream.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: Code.Canceled });
  });

  test("sends a slow reader the latest state only", async () => {
    const { implementation, setServing } = createHealthService({ services: [] });
    const context = createHandlerContext({
      service: Health,
      method: Health.method.watch,
      protocolName: "grpc",
      requestMethod: "POST",
      url: "http://localhost/",
    });
    const request = { $typeName: "grpc.health.v1.HealthCheckRequest", service: "" } as const;
    const stream = implementation.watch(request, context)[Symbol.asyncIterator]();
    expect((await stream.next()).value).toEqual({ status: ServingStatus.SERVING });
    for (const serving of [false, true, false]) {
      setServing(serving);
    }
    expect((await stream.next()).value).toEqual({ status: ServingStatus.NOT_SERVING });
    const next = stream.next();
    context.abort(new Error("left"));
    await expect(next).rejects.toThrow("left");
  });
});
