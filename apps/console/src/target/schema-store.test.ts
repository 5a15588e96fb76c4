import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  type GetSchemaRequest,
  type GetSchemaResponseSchema,
  SourceSchema,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { describe, expect, it } from "vitest";
import { createLocalSchema } from "../schema/local-schema.ts";
import { answerOf } from "../schema/testing/schema-of.ts";
import { readAnswer } from "./read-answer.ts";
import { createSchemaStore, type SchemaStore } from "./schema-store.ts";
import { serveConsole } from "./testing/serve-console.ts";

type Answer = MessageInitShape<typeof GetSchemaResponseSchema>;

function answer(revision: string, ...services: readonly string[]): Answer {
  const file = { name: "a.proto", package: "a", service: services.map((name) => ({ name })) };
  const { sourceIdByFile: _, target: __, ...rest } = answerOf([file], { revision });
  return { ...rest, services: [...rest.services], sources: [...rest.sources] };
}

function createStore(getSchema: (request: GetSchemaRequest) => Answer | Promise<Answer>): SchemaStore {
  const clients = serveConsole({}, { getSchema });
  return createSchemaStore({ clients, local: createLocalSchema(), read: readAnswer });
}

function entry(schemas: SchemaStore, target = "x") {
  const { phase, schema, error, changes } = schemas.store.getState().get(target) ?? {};
  const services = schema?.groups.flatMap((group) => group.services.map(({ name }) => name));
  return {
    phase,
    services,
    error: error?.rawMessage,
    changes: changes?.list.map(({ kind, name }) => `${kind} ${name}`),
  };
}

function settled(schemas: SchemaStore, target = "x"): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = schemas.store.subscribe((entries) => {
      const phase = entries.get(target)?.phase;
      if (phase === "ready" || phase === "failed") {
        unsubscribe();
        resolve();
      }
    });
  });
}

describe("createSchemaStore()", () => {
  it("has the built-in services' schema without asking", () => {
    const schemas = createStore(() => Promise.reject(new Error("nobody should ask")));
    schemas.open("local");
    expect(entry(schemas, "local")).toMatchObject({ phase: "ready" });
    expect(schemas.find("local")?.findMethod("Greeter", "SayHello")?.name).toBe("SayHello");
  });

  it("asks once for a target that is opened", async () => {
    const requests: GetSchemaRequest[] = [];
    const schemas = createStore((request) => {
      requests.push(request);
      return answer("1", "Shop");
    });
    const done = settled(schemas);
    schemas.open("x");
    expect(entry(schemas)).toMatchObject({ phase: "loading" });
    schemas.open("x");
    await done;
    schemas.open("x");
    expect(entry(schemas)).toEqual({ phase: "ready", services: ["Shop"], error: undefined, changes: undefined });
    expect(requests).toMatchObject([{ target: "x", refresh: false, knownRevision: "" }]);
  });

  it("keeps the old schema while it refreshes, and tells what changed", async () => {
    const next = Promise.withResolvers<Answer>();
    const schemas = createStore(({ knownRevision, refresh }) =>
      knownRevision === "1" && refresh ? next.promise : answer("1", "Shop", "Old"),
    );
    await schemas.refresh("x", { askTarget: false });
    const refreshed = schemas.refresh("x", { askTarget: true });
    expect(entry(schemas)).toMatchObject({ phase: "refreshing", services: ["Shop", "Old"] });
    next.resolve(answer("2", "Shop", "New"));
    await refreshed;
    expect(entry(schemas)).toMatchObject({
      phase: "ready",
      services: ["Shop", "New"],
      changes: ["added a.New", "removed a.Old"],
    });
    schemas.dismissChanges("x");
    expect(entry(schemas)).toMatchObject({ phase: "ready", changes: undefined });
  });

  it("keeps the old schema when a refresh fails, and gets over that", async () => {
    let isAway = false;
    const schemas = createStore(() => {
      if (isAway) {
        throw new ConnectError("the target is away", Code.Unavailable);
      }
      return answer("1", "Shop");
    });
    await schemas.refresh("x", { askTarget: false });
    isAway = true;
    await schemas.refresh("x", { askTarget: true });
    expect(entry(schemas)).toMatchObject({ phase: "failed", services: ["Shop"], error: "the target is away" });
    isAway = false;
    await schemas.refresh("x", { askTarget: true });
    expect(entry(schemas)).toMatchObject({ phase: "ready", services: ["Shop"], error: undefined, changes: [] });
  });

  it("keeps the old schema when a source can't be asked any more, but not when sources were changed", async () => {
    const gone = create(SourceSchema, { id: "reflection", problem: "nothing listens there" });
    const answers: Answer[] = [
      answer("1", "Shop"),
      { ...answer("2"), sources: [gone] },
      { ...answer("3"), sources: [create(SourceSchema, { id: "files" }), gone] },
    ];
    const schemas = createStore(() => answers.shift() ?? {});
    await schemas.refresh("x", { askTarget: false });
    await schemas.refresh("x", { askTarget: true });
    expect(entry(schemas)).toMatchObject({ phase: "failed", services: ["Shop"], error: "nothing listens there" });
    await schemas.refresh("x", { askTarget: false });
    expect(entry(schemas)).toMatchObject({ phase: "ready", services: [], error: undefined });
  });

  it("takes an answer without descriptors for the schema that it has", async () => {
    const { descriptors: _, ...same } = answer("1", "Shop");
    const schemas = createStore(({ knownRevision }) => (knownRevision === "1" ? same : answer("1", "Shop")));
    await schemas.refresh("x", { askTarget: false });
    const before = schemas.find("x")?.registry;
    await schemas.refresh("x", { askTarget: true });
    expect(schemas.find("x")?.registry).toBe(before);
    expect(entry(schemas)).toMatchObject({ phase: "ready", services: ["Shop"], changes: [] });
  });

  it("tells of descriptors that can't be read", async () => {
    const schemas = createStore(() => ({ ...answer("1", "Shop"), descriptors: new Uint8Array([0xff]) }));
    await schemas.refresh("x", { askTarget: false });
    expect(entry(schemas)).toMatchObject({ phase: "failed", services: undefined });
  });

  it("drops what comes for a target that was forgotten", async () => {
    const late = Promise.withResolvers<Answer>();
    const schemas = createStore(() => late.promise);
    const asked = schemas.refresh("x", { askTarget: false });
    schemas.forget("x");
    late.resolve(answer("1", "Shop"));
    await asked;
    expect(schemas.store.getState().has("x")).toBe(false);
  });
});
