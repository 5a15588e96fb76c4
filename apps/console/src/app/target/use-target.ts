import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { useStore } from "zustand";
import type { SchemaEntry } from "../../target/schema-store.ts";
import { useServices } from "../services.ts";

/** A target, its schema, and whether the page knows for sure that there is none. */
export interface ShownTarget {
  readonly target: Target | undefined;
  readonly entry: SchemaEntry | undefined;
  /** The targets were listed, and this one isn't among them. */
  readonly isMissing: boolean;
}

/** What is known of a target now, by its name. */
export function useTarget(name: string): ShownTarget {
  const { targets, schemas } = useServices();
  const { targets: all, phase } = useStore(targets.store);
  const entry = useStore(schemas.store, (entries) => entries.get(name));
  const target = all.find((known) => known.name === name);
  return { target, entry, isMissing: target === undefined && phase === "ready" };
}
