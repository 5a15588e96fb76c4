import { ScalarType } from "@bufbuild/protobuf";

/** A key that a map doesn't have yet: an empty text, the smallest whole number, `false` before `true`. */
export function freeMapKey(type: ScalarType, keys: ReadonlySet<string>): string {
  if (type === ScalarType.STRING) {
    return "";
  }
  if (type === ScalarType.BOOL) {
    return keys.has("false") && !keys.has("true") ? "true" : "false";
  }
  let number = 0;
  while (keys.has(String(number))) {
    number++;
  }
  return String(number);
}
