import { create } from "@bufbuild/protobuf";
import { ListedServiceSchema, SourceSchema } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { describe, expect, test } from "vitest";
import { schemaOf } from "../../schema/testing/schema-of.ts";
import { targetState } from "./target-state.ts";

async function entry(problem: string, services: readonly string[] = []) {
  const schema = await schemaOf([], {
    sources: [create(SourceSchema, { id: "reflection", problem })],
    services: services.map((name) => create(ListedServiceSchema, { name })),
  });
  return { phase: "ready", schema, error: undefined, changes: undefined } as const;
}

describe("targetState()", () => {
  test("tells a target that has failed from one that has nothing to tell", async () => {
    expect(targetState(await entry("nothing listens there"))).toBe("failed");
    expect(targetState(await entry(""))).toBe("noSchema");
    expect(targetState(await entry("", ["a.B"]))).toBe("ready");
  });

  test("follows the asking", async () => {
    const ready = await entry("", ["a.B"]);
    expect(targetState(undefined)).toBe("unasked");
    expect(targetState({ ...ready, phase: "refreshing" })).toBe("asking");
    expect(targetState({ ...ready, phase: "failed" })).toBe("failed");
  });
});
