import type { TreeChild, TreeFault } from "./json-tree.ts";

/** A JSON text and its tree: any number of values, one after the other. Never changed once made. */
export interface JsonDocument {
  readonly text: string;
  /** The values; each place counts from the start of the text. */
  readonly values: readonly TreeChild[];
  /** The faults of grammar between and within the values, placed from the start of the text; the first 100. */
  readonly faults: readonly TreeFault[];
  /** Those of them that stand between the values; the first 100. */
  readonly between: readonly TreeFault[];
}

/**
 * Where a node stands: the position among the document's values, then of a member or an item within each container on
 * the way down. Empty for the document itself.
 */
export type NodePath = readonly number[];

/** A change of a text: the part from `from` to `to` gives way to `insert`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}
