interface Placed {
  /** Offsets into the text in UTF-16 units; `to` is past the end. */
  readonly from: number;
  readonly to: number;
}

/** A string in JSON text, a member's name or a value. */
export interface JsonString extends Placed {
  readonly kind: "string";
  readonly value: string;
}

/** A member of an object, in the order of the text; a name can occur twice. */
export interface JsonMember {
  readonly key: JsonString;
  readonly value: JsonNode;
}

/** JSON text as a tree with places. Numbers keep their literals, so that no digit is lost. */
export type JsonNode =
  | (Placed & { readonly kind: "object"; readonly members: readonly JsonMember[] })
  | (Placed & { readonly kind: "array"; readonly items: readonly JsonNode[] })
  | JsonString
  | (Placed & { readonly kind: "number"; readonly literal: string })
  | (Placed & { readonly kind: "boolean"; readonly value: boolean })
  | (Placed & { readonly kind: "null" })
  /** Where a value was expected and none could be read; an issue tells why. */
  | (Placed & { readonly kind: "missing" });
