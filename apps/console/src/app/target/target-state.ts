import type { SchemaEntry } from "../../target/schema-store.ts";

/** How a target stands, in one word: a key of the language catalogues under `target.state`. */
export type TargetState = "unasked" | "asking" | "ready" | "noSchema" | "failed";

/** How a target stands by what is known of its schema. */
export function targetState(entry: SchemaEntry | undefined): TargetState {
  if (entry === undefined) {
    return "unasked";
  }
  switch (entry.phase) {
    case "loading":
    case "refreshing":
      return "asking";
    case "failed":
      return "failed";
    case "ready":
      return stateOf(entry.schema);
  }
}

function stateOf(schema: SchemaEntry["schema"]): TargetState {
  if (schema !== undefined && schema.groups.length > 0) {
    return "ready";
  }
  return schema?.sources.some(({ problem }) => problem !== "") === true ? "failed" : "noSchema";
}
