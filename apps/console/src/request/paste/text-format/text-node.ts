/** Where something stands: offsets into the text in UTF-16 units; `to` is past the end. */
export interface TextPlace {
  readonly from: number;
  readonly to: number;
}

/** What stands before a value. */
export type TextName = TextPlace &
  (
    | { readonly kind: "field"; readonly name: string }
    /** `[pkg.extension]`. */
    | { readonly kind: "extension"; readonly name: string }
    /** `[type.googleapis.com/pkg.Type]`, the type within an `Any`. */
    | { readonly kind: "type"; readonly url: string }
    /** A field that whoever wrote the text had no name for. */
    | { readonly kind: "number"; readonly number: string }
  );

/** One field, in the order of the text. */
export interface TextField {
  readonly name: TextName;
  readonly value: TextValue;
}

/** A value as it is written, before a schema tells what it means. */
export type TextValue = TextPlace &
  (
    | { readonly kind: "string"; readonly bytes: Uint8Array }
    /** `literal` has no sign. */
    | { readonly kind: "number"; readonly literal: string; readonly isNegative: boolean }
    /** `true`, `inf`, the name of an enum value. */
    | { readonly kind: "word"; readonly word: string; readonly isNegative: boolean }
    | { readonly kind: "message"; readonly fields: readonly TextField[] }
    | { readonly kind: "list"; readonly items: readonly TextValue[] }
  );
