import type { EnumDescriptorProto } from "@bufbuild/protobuf/wkt";
import { isIdentifier, type NormaliseContext } from "./normalise-context.ts";

/** Gives names to the values of an enum whose own are none: they aren't on the wire. */
export function normaliseEnum(declared: EnumDescriptorProto, { editor }: NormaliseContext): void {
  for (const value of declared.value) {
    if (!isIdentifier(value.name)) {
      value.name = value.number < 0 ? `VALUE_MINUS_${-value.number}` : `VALUE_${value.number}`;
      editor.touch();
    }
  }
}
