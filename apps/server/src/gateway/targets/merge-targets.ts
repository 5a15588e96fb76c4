import type { TargetSettings } from "./target-settings.ts";

/** All targets in their order: those of the command line, and of the saved ones those with other names. */
export function mergeTargets(
  commandLine: readonly TargetSettings[],
  saved: readonly TargetSettings[],
): readonly TargetSettings[] {
  const names = new Set(commandLine.map(({ name }) => name));
  return [...commandLine, ...saved.filter(({ name }) => !names.has(name))];
}
