import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { TargetSchema, Wire } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { describe, expect, it } from "vitest";
import { createTargetStore, type TargetStore } from "./target-store.ts";
import { serveConsole } from "./testing/serve-console.ts";

const names = ({ store }: TargetStore) => store.getState().targets.map(({ name }) => name);

describe("createTargetStore()", () => {
  it("has the built-in services' target before anything was asked", () => {
    const targets = createTargetStore(serveConsole({}));
    expect(names(targets)).toEqual(["local"]);
    expect(targets.store.getState()).toMatchObject({ phase: "loading", canAdd: undefined });
  });

  it("lists the others behind it, and whether more can be added", async () => {
    const targets = createTargetStore(
      serveConsole({ listTargets: () => ({ targets: [{ name: "local" }, { name: "a" }], canAdd: true }) }),
    );
    await targets.load();
    expect(names(targets)).toEqual(["local", "a"]);
    expect(targets.store.getState()).toMatchObject({ phase: "ready", canAdd: true, error: undefined });
  });

  it("keeps what it knew when a later attempt fails, and says why", async () => {
    let isAway = false;
    const listTargets = () => {
      if (isAway) {
        throw new ConnectError("gone", Code.Unavailable);
      }
      return { targets: [{ name: "a" }], canAdd: true };
    };
    const targets = createTargetStore(serveConsole({ listTargets }));
    await targets.load();
    isAway = true;
    await targets.load();
    expect(names(targets)).toEqual(["local", "a"]);
    expect(targets.store.getState()).toMatchObject({ phase: "failed", error: { rawMessage: "gone" } });
  });

  it("takes an answer for old that was overtaken by a change", async () => {
    const answer = Promise.withResolvers<{ targets: { name: string }[]; canAdd: boolean }>();
    const targets = createTargetStore(
      serveConsole({ listTargets: () => answer.promise, saveTarget: ({ target }) => (target ? { target } : {}) }),
    );
    const listed = targets.load();
    await targets.save(create(TargetSchema, { name: "new" }), "");
    answer.resolve({ targets: [], canAdd: true });
    await listed;
    expect(names(targets)).toEqual(["local", "new"]);
  });

  it("adds, renames in its place, and removes", async () => {
    const removed: string[] = [];
    const targets = createTargetStore(
      serveConsole({
        saveTarget: ({ target }) => (target ? { target } : {}),
        removeTarget: ({ name }) => {
          removed.push(name);
          return {};
        },
      }),
    );
    await targets.save(create(TargetSchema, { name: "a" }), "");
    await targets.save(create(TargetSchema, { name: "b" }), "");
    await targets.save(create(TargetSchema, { name: "c" }), "a");
    expect(names(targets)).toEqual(["local", "c", "b"]);
    await targets.remove("c");
    expect([names(targets), removed]).toEqual([["local", "b"], ["c"]]);
  });

  it("notes what a target speaks, and keeps that where nothing was found", async () => {
    const targets = createTargetStore(serveConsole({ saveTarget: ({ target }) => (target ? { target } : {}) }));
    await targets.save(create(TargetSchema, { name: "a" }), "");
    targets.learn("a", [Wire.GRPC]);
    targets.learn("a", []);
    expect(targets.find("a")?.wires).toEqual([Wire.GRPC]);
  });
});
