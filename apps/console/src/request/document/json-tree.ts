/**
 * JSON text as a tree whose places are relative: each node knows how long it is and where its children begin within it,
 * so that a node serves again in the next text wherever its own characters have stayed the same. Never changed once made;
 * two nodes that are the same object stand for the same characters.
 */
export type JsonTree =
  | JsonObjectTree
  | JsonArrayTree
  | JsonStringTree
  | JsonNumberTree
  | JsonWordTree
  | JsonMissingTree;

interface Measured {
  /** UTF-16 units, brackets and quotes included. */
  readonly length: number;
  /**
   * The node's own faults of grammar, in the order of the text, at most 100; those of its children are theirs. A fault can
   * stand right behind the node, at the character that ended it.
   */
  readonly faults: readonly TreeFault[];
  /** Whether the node, or anything within it, has a fault of grammar. */
  readonly hasFaults: boolean;
}

/** A fault of grammar, placed from the start of the node that has it. */
export interface TreeFault {
  readonly from: number;
  /** Past the end; at least `from`. */
  readonly to: number;
  readonly kind: "syntax" | "tooDeep";
  /** `reason` and `actual` of a `syntax` fault (see `SyntaxReason`); `limit` of `tooDeep`. */
  readonly values: Readonly<Record<string, string>>;
}

/** A child and where it begins, from the start of its parent. */
export interface TreeChild<Tree extends JsonTree = JsonTree> {
  readonly at: number;
  readonly tree: Tree;
}

/** A member of an object, in the order of the text; a name can occur twice. */
export interface TreeMember {
  readonly key: TreeChild<JsonStringTree>;
  readonly value: TreeChild;
}

/** An object. */
export interface JsonObjectTree extends Measured {
  readonly kind: "object";
  readonly members: readonly TreeMember[];
}

/** An array. */
export interface JsonArrayTree extends Measured {
  readonly kind: "array";
  readonly items: readonly TreeChild[];
}

/** A string; a name that was typed without quotes is one too, with a fault. */
export interface JsonStringTree extends Measured {
  readonly kind: "string";
  /** Without quotes and escapes. */
  readonly value: string;
}

/** A number: only its literal keeps every digit. */
export interface JsonNumberTree extends Measured {
  readonly kind: "number";
  readonly literal: string;
}

/** `true`, `false` or `null`. */
export interface JsonWordTree extends Measured {
  readonly kind: "word";
  readonly value: true | false | null;
}

/** Where a value was expected and none could be read; its length may be 0. */
export interface JsonMissingTree extends Measured {
  readonly kind: "missing";
}
