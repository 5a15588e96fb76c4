import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { StoreApi } from "zustand/vanilla";
import { localTarget } from "../../schema/local-schema.ts";
import type { ConsoleClients } from "../../target/console-clients.ts";
import type { SchemaStore } from "../../target/schema-store.ts";
import type { TargetStore } from "../../target/target-store.ts";
import { createTargetTest } from "../../target/target-test.ts";
import { exampleOf } from "../example-of.ts";
import type { Presence } from "../presence/presence.ts";
import type { Workbench } from "../workbench/workbench-store.ts";

/** What has to follow when another target is shown. */
export interface FollowTargetOptions {
  readonly workbench: Workbench;
  readonly targets: TargetStore;
  readonly schemas: SchemaStore;
  readonly clients: ConsoleClients;
  readonly presence: StoreApi<Presence>;
}

/**
 * Lists the targets; has the schema of the shown one asked for, and what it speaks where nobody knows; and fills drafts
 * with their examples when a schema comes. A server that comes back is asked again.
 */
export function followTarget({ workbench, targets, schemas, clients, presence }: FollowTargetOptions): void {
  const asked = new Set<Target["address"]>();

  function openSchema(): void {
    const { target } = workbench.store.getState();
    schemas.open(target);
  }

  /** What failed while the server was away may succeed now. */
  function askAgain(): void {
    const { target } = workbench.store.getState();
    if (schemas.store.getState().get(target)?.phase === "failed") {
      void schemas.refresh(target, { askTarget: false });
    }
  }

  /** A target that told its schema can be reached, so that it can be asked what it speaks, once. */
  function learnWires(): void {
    const target = targets.find(workbench.store.getState().target);
    const isUnknown = target !== undefined && target.name !== localTarget && target.wires.length === 0;
    if (isUnknown && schemas.find(target.name) !== undefined && !asked.has(target.address)) {
      asked.add(target.address);
      const test = createTargetTest(clients);
      void test.start(target, target.name).then((end) => targets.learn(target.name, end?.wires ?? []));
    }
  }

  workbench.store.subscribe((state, previous) => {
    if (state.target !== previous.target) {
      openSchema();
      learnWires();
    }
  });
  schemas.store.subscribe(() => {
    workbench.fillExamples((route) => exampleOf(schemas, route));
    learnWires();
  });
  targets.store.subscribe(learnWires);
  presence.subscribe(({ kind }, previous) => {
    if (kind === "ready" && previous.kind === "away") {
      void targets.load();
      askAgain();
    }
  });
  openSchema();
  void targets.load();
}
