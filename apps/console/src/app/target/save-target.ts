import type { Target, Wire } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { Services } from "../services.ts";

/** What is saved, and what is known of it. */
export interface SaveTargetOptions {
  readonly target: Target;
  /** The target to change; empty to add one. */
  readonly previousName: string;
  /** What a test found it to speak; empty where none was made. */
  readonly wires: readonly Wire[];
}

/** Saves a target, and shows it; tabs of one that was renamed follow. Rejects as `TargetStore.save`. */
export async function saveTarget(
  { targets, schemas, workbench }: Pick<Services, "targets" | "schemas" | "workbench">,
  { target, previousName, wires }: SaveTargetOptions,
): Promise<void> {
  const saved = await targets.save(target, previousName);
  targets.learn(saved.name, wires);
  // Another address, or other credentials, may lead to another schema.
  schemas.forget(saved.name);
  if (previousName !== "" && previousName !== saved.name) {
    schemas.forget(previousName);
    workbench.renameTarget(previousName, saved.name);
  }
  workbench.showTarget(saved.name);
  schemas.open(saved.name);
}
