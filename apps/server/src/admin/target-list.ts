import { Code, ConnectError } from "@connectrpc/connect";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";
import { maxSavedTargets } from "../gateway/targets/targets-file.ts";

/**
 * Adds a target, or puts it in the place of the one of the previous name.
 *
 * @param previousName empty to add
 * @throws ConnectError with `NOT_FOUND` for a previous name that nobody has, `ALREADY_EXISTS` for a name that another
 * has, and `RESOURCE_EXHAUSTED` for one too many.
 */
export function putTarget(
  current: readonly TargetSettings[],
  settings: TargetSettings,
  previousName: string,
): readonly TargetSettings[] {
  const { name } = settings;
  if (name !== previousName && current.some((target) => target.name === name)) {
    throw nameTaken(name);
  }
  if (previousName !== "") {
    findTarget(current, previousName);
    return current.map((target) => (target.name === previousName ? settings : target));
  }
  if (current.length >= maxSavedTargets) {
    throw new ConnectError(`there are ${maxSavedTargets} targets, the most; remove one first`, Code.ResourceExhausted);
  }
  return [...current, settings];
}

/**
 * Leaves a target out.
 *
 * @throws ConnectError with `NOT_FOUND` for a name that nobody has.
 */
export function dropTarget(current: readonly TargetSettings[], name: string): readonly TargetSettings[] {
  const gone = findTarget(current, name);
  return current.filter((target) => target !== gone);
}

/**
 * Finds a target.
 *
 * @throws ConnectError with `NOT_FOUND` for a name that nobody has.
 */
export function findTarget(current: readonly TargetSettings[], name: string): TargetSettings {
  const found = current.find((target) => target.name === name);
  if (found === undefined) {
    throw new ConnectError(`there is no saved target ${JSON.stringify(name.slice(0, 100))}`, Code.NotFound);
  }
  return found;
}

/** The error for a name that another target has. */
export function nameTaken(name: string): ConnectError {
  return new ConnectError(`there is a target ${name} already; choose another name`, Code.AlreadyExists);
}
