import type { Registry } from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator } from "@bufbuild/protovalidate";
import type { RuleChecker } from "./rule-checker.ts";

/** Checks messages by protovalidate. Loaded apart from the page: it brings a compiler of CEL. */
export function createProtovalidateChecker(registry: Registry): RuleChecker {
  const validator = createValidator({ registry });
  return {
    check(desc, message) {
      const result = validator.validate(desc, message);
      if (result.kind === "error") {
        return { kind: "broken", reason: result.error.message };
      }
      const violations = result.violations ?? [];
      return {
        kind: "checked",
        violations: violations.map(({ field, message: words, ruleId, forKey }) => ({
          field: pathToString(field),
          message: words === "" ? ruleId : words,
          ...(forKey ? { isKey: true } : {}),
        })),
      };
    },
  };
}
