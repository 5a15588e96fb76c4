import type { DescMessage, Message, Registry } from "@bufbuild/protobuf";
import type { FieldViolation } from "./field-violation.ts";

/** What came of checking a message against the rules of its schema. */
export type RuleCheck =
  | { readonly kind: "checked"; readonly violations: readonly FieldViolation[] }
  /** A rule of the schema doesn't compile, or fails as it runs; `reason` is in the library's words. */
  | { readonly kind: "broken"; readonly reason: string };

/** Checks messages against the rules of one schema. */
export interface RuleChecker {
  check(desc: DescMessage, message: Message): RuleCheck;
}

/** Loads what checks messages by protovalidate: once, when it is first asked for. Rejects where it can't be loaded. */
export function loadRuleChecker(registry: Registry): Promise<RuleChecker> {
  let checker = checkers.get(registry);
  if (checker === undefined) {
    checker = import("./protovalidate-checker.ts").then((module) => module.createProtovalidateChecker(registry));
    // A failed load is tried again.
    checker.catch(() => checkers.delete(registry));
    checkers.set(registry, checker);
  }
  return checker;
}

/** A refreshed schema has a registry of its own, and so a checker of its own. */
const checkers = new WeakMap<Registry, Promise<RuleChecker>>();
