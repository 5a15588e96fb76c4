import type { DescMessage, JsonValue, Message, Registry } from "@bufbuild/protobuf";
import { messageToJson } from "./message-to-json.ts";

/** How a message is written. */
export interface WriteJsonOptions {
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  /** Whether fields without presence are written where they have their default value. Default false. */
  readonly defaults?: boolean;
  /** Spaces for each level; 0 writes one line. Default 2. */
  readonly indent?: number;
}

/**
 * Writes a message in the ProtoJSON format. 64-bit integers are strings with every digit, NaN and the infinities are
 * strings, and -0 stays -0. What the format can't tell, such as an `Any` of an unknown type, is written field by field.
 * Never throws.
 */
export function writeJson(desc: DescMessage, message: Message, options: WriteJsonOptions): string {
  const { registry, defaults = false, indent = 2 } = options;
  const value = messageToJson(desc, message, { registry, alwaysEmitImplicit: defaults });
  return print(value, "\n", " ".repeat(indent));
}

/** Unlike `JSON.stringify`, keeps the sign of zero. Recursion is bounded by the depth of the message. */
function print(value: JsonValue, newLine: string, step: string): string {
  if (Object.is(value, -0)) {
    return "-0";
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  const inner = newLine + step;
  if (Array.isArray(value)) {
    return enclose(
      "[]",
      value.map((item) => print(item, inner, step)),
      { newLine, step },
    );
  }
  const colon = step === "" ? ":" : ": ";
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}${colon}${print(item, inner, step)}`,
  );
  return enclose("{}", members, { newLine, step });
}

function enclose(
  brackets: "[]" | "{}",
  parts: readonly string[],
  { newLine, step }: { readonly newLine: string; readonly step: string },
): string {
  if (parts.length === 0) {
    return brackets;
  }
  const [between, inner, end] = step === "" ? [",", "", ""] : [",", newLine + step, newLine];
  return `${brackets[0]}${inner}${parts.join(between + inner)}${end}${brackets[1]}`;
}
