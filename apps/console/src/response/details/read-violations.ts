import type { Message, Registry } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** What is wrong with one field of a request. */
export interface FieldViolation {
  /** Its path, as in `user.emails[2]`; empty for the message as a whole. */
  readonly field: string;
  readonly description: string;
  /** The rule that is broken, or a reason for programs to read; may be empty. */
  readonly rule: string;
}

/**
 * Reads `buf.validate.Violations` (https://github.com/bufbuild/protovalidate/blob/main/proto/protovalidate/buf/validate/validate.proto)
 * by the registry's own definition; undefined where that lacks what is read.
 */
export function readViolations(message: Message, registry: Registry): readonly FieldViolation[] | undefined {
  const desc = registry.getMessage(message.$typeName);
  const field = desc?.fields.find(({ name }) => name === "violations");
  if (desc === undefined || field?.fieldKind !== "list" || field.listKind !== "message") {
    return undefined;
  }
  // A list of messages reflects each as a ReflectMessage, which the library's types don't tell.
  return Array.from(reflect(desc, message).get(field), (item) => readViolation(item as ReflectMessage));
}

function readViolation(violation: ReflectMessage): FieldViolation {
  return {
    field: pathText(inner(violation, "field")),
    description: text(violation, "message"),
    rule: text(violation, "rule_id"),
  };
}

function pathText(path: ReflectMessage | undefined): string {
  const field = path?.fields.find(({ name }) => name === "elements");
  if (path === undefined || field?.fieldKind !== "list") {
    return "";
  }
  const elements = Array.from(path.get(field), (item) => item as ReflectMessage);
  return elements
    .map((element) => `.${text(element, "field_name")}${subscriptText(element)}`)
    .join("")
    .slice(1);
}

const subscripts = ["index", "bool_key", "int_key", "uint_key", "string_key"];

function subscriptText(element: ReflectMessage): string {
  const field = element.fields.find((one) => subscripts.includes(one.name) && element.isSet(one));
  if (field?.fieldKind !== "scalar") {
    return "";
  }
  const value: unknown = element.get(field);
  return `[${typeof value === "string" ? JSON.stringify(value) : String(value)}]`;
}

function text(message: ReflectMessage, name: string): string {
  const field = message.fields.find((one) => one.name === name);
  return field?.fieldKind === "scalar" ? String(message.get(field)) : "";
}

function inner(message: ReflectMessage, name: string): ReflectMessage | undefined {
  const field = message.fields.find((one) => one.name === name);
  return field?.fieldKind === "message" && message.isSet(field) ? message.get(field) : undefined;
}
