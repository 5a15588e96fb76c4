import type { JsonTree } from "../json-tree.ts";

/** What a node stands for, as `JSON.parse` has it; undefined where there is no value. */
export function plainValue(tree: JsonTree): unknown {
  switch (tree.kind) {
    case "object":
      return Object.fromEntries(
        tree.members.map(({ key, value }) => [key.tree.value, plainValue(value.tree)] as const),
      );
    case "array":
      return tree.items.map((item) => plainValue(item.tree));
    case "string":
    case "word":
      return tree.value;
    case "number":
      return Number(tree.literal);
    case "missing":
      return undefined;
  }
}
