import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import {
  ListTargetsRequestSchema,
  RemoveTargetRequestSchema,
  SaveTargetRequestSchema,
  type Target,
  Target_Origin,
  TargetSchema,
  type Wire,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { createStore, type StoreApi } from "zustand/vanilla";
import { localTarget } from "../schema/local-schema.ts";
import type { ConsoleClients } from "./console-clients.ts";

/** The targets, as far as the page knows them. Replaced, never changed. */
export interface TargetsState {
  /** `failed`: the newest attempt to list them failed; those that were known stay. */
  readonly phase: "loading" | "ready" | "failed";
  /** The built-in services' is always there, and first. */
  readonly targets: readonly Target[];
  /** Whether targets can be added in the page; undefined until the server has told. */
  readonly canAdd: boolean | undefined;
  readonly error: ConnectError | undefined;
}

/** The list of targets and what can be done with it. All but `load` reject with a ConnectError. */
export interface TargetStore {
  readonly store: StoreApi<TargetsState>;
  find(name: string): Target | undefined;
  /** Lists the targets anew. Never rejects: the state tells. */
  load(): Promise<void>;
  /** Adds a target, or changes the one named `previousName`. Answers it as it was saved. */
  save(target: Target, previousName: string, signal?: AbortSignal): Promise<Target>;
  remove(name: string): Promise<void>;
  /** Notes what a target was found to speak. */
  learn(name: string, wires: readonly Wire[]): void;
}

/** Creates the list, with the built-in services' target alone. */
export function createTargetStore({ targets: client }: Pick<ConsoleClients, "targets">): TargetStore {
  const local = create(TargetSchema, { name: localTarget, origin: Target_Origin.BUILT_IN });
  const store = createStore<TargetsState>(() => ({
    phase: "loading",
    targets: [local],
    canAdd: undefined,
    error: undefined,
  }));
  /** What is still under way when a newer list is asked for says nothing any more. */
  let newest = 0;
  const change = (edit: (targets: readonly Target[]) => readonly Target[]) => {
    newest++;
    store.setState(({ targets }) => ({ targets: edit(targets), phase: "ready" }));
  };
  return {
    store,
    find: (name) => store.getState().targets.find((target) => target.name === name),
    async load() {
      const attempt = ++newest;
      try {
        const { targets, canAdd } = await client.listTargets(create(ListTargetsRequestSchema));
        if (attempt === newest) {
          const others = targets.filter(({ name }) => name !== localTarget);
          store.setState({ phase: "ready", targets: [local, ...others], canAdd, error: undefined });
        }
      } catch (reason) {
        if (attempt === newest) {
          store.setState({ phase: "failed", error: ConnectError.from(reason) });
        }
      }
    },
    async save(target, previousName, signal) {
      const request = create(SaveTargetRequestSchema, { target, previousName });
      const { target: saved = target } = await client.saveTarget(request, signal === undefined ? {} : { signal });
      const replaced = previousName === "" ? saved.name : previousName;
      change((targets) =>
        targets.some(({ name }) => name === replaced)
          ? targets.map((known) => (known.name === replaced ? saved : known))
          : [...targets, saved],
      );
      return saved;
    },
    async remove(name) {
      await client.removeTarget(create(RemoveTargetRequestSchema, { name }));
      change((targets) => targets.filter((target) => target.name !== name));
    },
    learn(name, wires) {
      if (wires.length > 0) {
        change((targets) =>
          targets.map((known) => (known.name === name ? create(TargetSchema, { ...known, wires: [...wires] }) : known)),
        );
      }
    },
  };
}
