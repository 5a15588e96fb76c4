import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { Services } from "../services.ts";

/** Saves a target, and shows it; tabs of one that was renamed follow. Rejects as `TargetStore.save`. */
export async function saveTarget(
  { targets, schemas, workbench }: Pick<Services, "targets" | "schemas" | "workbench">,
  target: Target,
  previousName: string,
): Promise<void> {
  const saved = await targets.save(target, previousName);
  // Another address, or other credentials, may lead to another schema.
  schemas.forget(saved.name);
  if (previousName !== "" && previousName !== saved.name) {
    schemas.forget(previousName);
    workbench.renameTarget(previousName, saved.name);
  }
  workbench.showTarget(saved.name);
  schemas.open(saved.name);
}
