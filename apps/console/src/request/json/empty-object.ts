import type { JsonObject } from "@bufbuild/protobuf";

/** An object without a prototype, so that a member called `__proto__` is a member like any other. */
export function emptyObject(): JsonObject {
  return Object.create(null);
}
