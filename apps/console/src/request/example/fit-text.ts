import type { StringFormat, ValueRules } from "./example-rules.ts";
import { textOfPattern } from "./text-of-pattern.ts";

/** The text as it is where the rules allow it, and otherwise one that is made after them. */
export function fitText(text: string, rules: ValueRules, position: number): string {
  if (rules.format !== undefined) {
    return formatted(rules.format, position);
  }
  if (rules.pattern !== undefined) {
    const matching = textOfPattern(rules.pattern, rules.minLength);
    return matching ?? fitLength(text, rules);
  }
  const { prefix = "", suffix = "", contains = "" } = rules;
  const middle = text.includes(contains) ? text : text + contains;
  return prefix === "" && suffix === "" ? fitLength(middle, rules) : fitEnds(middle, { ...rules, prefix, suffix });
}

function fitEnds(text: string, rules: ValueRules & { readonly prefix: string; readonly suffix: string }): string {
  const { prefix, suffix, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = rules;
  const taken = [...prefix].length + [...suffix].length;
  const inner = fitLength(text, {
    minLength: Math.max(minLength - taken, 0),
    maxLength: Math.max(maxLength - taken, 0),
  });
  return `${prefix}${inner}${suffix}`;
}

/** The longest text that an example is filled with, whatever the rules ask for. */
const maxFilledLength = 65_536;

function fitLength(text: string, { minLength = 0, maxLength = maxFilledLength }: ValueRules): string {
  const characters = [...text];
  const least = Math.min(minLength, maxLength, maxFilledLength);
  if (characters.length >= least) {
    return characters.slice(0, maxLength).join("");
  }
  const base = characters.length === 0 ? ["a"] : characters;
  return Array.from({ length: least }, (_, at) => base[at % base.length]).join("");
}

function formatted(format: StringFormat, position: number): string {
  const ordinal = String(position + 1);
  switch (format) {
    case "email":
      return position === 0 ? "ada@example.com" : `ada${ordinal}@example.com`;
    case "hostname":
      return position === 0 ? "example.com" : `host${ordinal}.example.com`;
    case "hostAndPort":
      return `example.com:${8080 + position}`;
    case "ip":
    case "ipv4":
      return `192.0.2.${1 + (position % 254)}`;
    case "ipv6":
      return `2001:db8::${(position + 1).toString(16)}`;
    case "ipPrefix":
      return `192.0.${position % 256}.0/24`;
    case "uri":
    case "uriRef":
      return position === 0 ? "https://example.com/" : `https://example.com/${ordinal}`;
    case "uuid":
      return `123e4567-e89b-42d3-a456-4266141740${String(position % 100).padStart(2, "0")}`;
    case "tuuid":
      return `123e4567e89b42d3a4564266141740${String(position % 100).padStart(2, "0")}`;
    case "ulid":
      return `01ARZ3NDEKTSV4RRFFQ69G5F${String(position % 100).padStart(2, "0")}`;
    case "httpHeaderName":
      return position === 0 ? "x-example" : `x-example-${ordinal}`;
    case "httpHeaderValue":
      return position === 0 ? "example" : `example ${ordinal}`;
  }
}
