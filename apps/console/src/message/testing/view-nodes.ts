import { listOf } from "../view-children.ts";
import type { ViewBranch, ViewNode } from "../view-node.ts";

/** A list of these items. */
export function listNode(items: readonly ViewNode[]): ViewBranch {
  const entries = items.map((node, position) => ({ name: undefined, step: `[${position}]`, node, isSet: true }));
  return { kind: "list", typeName: "", children: () => listOf(entries) };
}

/** An object with these fields. */
export function objectNode(fields: readonly (readonly [name: string, node: ViewNode])[]): ViewBranch {
  const entries = fields.map(([name, node]) => ({ name, step: `.${name}`, node, isSet: true }));
  return { kind: "object", typeName: "test.Message", children: () => listOf(entries) };
}
