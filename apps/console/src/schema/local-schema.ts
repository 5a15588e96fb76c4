import { type CommentIndex, createCommentIndex } from "./comments.ts";
import { serviceGroups } from "./service-catalog.ts";
import { createTargetSchema, type TargetSchema } from "./target-schema.ts";
import { typeRegistry } from "./type-registry.ts";

/** The target of the built-in services. */
export const localTarget = "local";

/** The schema of the built-in services, from the page's own code: nothing has to be asked for. */
export function createLocalSchema(comments: CommentIndex = createCommentIndex(new Map())): TargetSchema {
  return createTargetSchema({
    target: localTarget,
    revision: "",
    groups: serviceGroups,
    registry: typeRegistry,
    sources: [],
    sourceIdByFile: new Map(),
    comments,
  });
}
