import { clearField, isFieldSet, type ScalarType } from "@bufbuild/protobuf";
import { protoCamelCase } from "@bufbuild/protobuf/reflect";
import { parseTextFormatScalarValue } from "@bufbuild/protobuf/wire";
import { type DescriptorProto, type FieldDescriptorProto, FieldDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { andOthers, quoteName } from "../quote-name.ts";
import { demoteMapEntry, isMapEntry } from "./map-entry.ts";
import { isNamedType } from "./named-type.ts";
import { isIdentifier, type NormaliseContext, retainNamed } from "./normalise-context.ts";
import { normaliseEnum } from "./normalise-enum.ts";

/** The largest number of a field; see https://protobuf.dev/programming-guides/proto3/#assigning. */
const maxFieldNumber = 536_870_911;

/** Mends the fields of a message and of those within, as far as that needs no other file. */
export function normaliseMessage(message: DescriptorProto, context: NormaliseContext): void {
  const { editor } = context;
  const names = new Set<string>();
  retainNamed(message.nestedType, names, context);
  retainNamed(message.enumType, names, context);
  retainNamed(message.extension, names, context);
  for (const declared of message.enumType) {
    normaliseEnum(declared, context);
  }
  editor.retain(message.enumType, ({ value }) => value.length > 0);
  for (const [index, oneof] of message.oneofDecl.entries()) {
    if (!isIdentifier(oneof.name)) {
      oneof.name = `oneof_${index}`;
      editor.touch();
    }
  }
  normaliseFields(message, context);
  for (const nested of message.nestedType) {
    normaliseMessage(nested, context);
    if (!isMapEntry(nested)) {
      demoteMapEntry(nested, editor);
    }
  }
}

function normaliseFields(message: DescriptorProto, context: NormaliseContext): void {
  const { editor, notes } = context;
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const field of message.field) {
    if (normaliseField(field, message.oneofDecl.length)) {
      editor.touch();
    }
  }
  editor.retain(message.field, (field) => {
    const { name, number } = field;
    const isKept = isFieldNumber(number) && hasType(field) && !numbers.has(number) && !names.has(name);
    numbers.add(number);
    names.add(name);
    if (!isKept) {
      const subject = quoteName(`${message.name}.${name}`);
      notes.count(
        "fields",
        subject,
        (first, others) => `field ${first}${andOthers(others)}: a number, a name or a type that can't be; left out`,
      );
    }
    return isKept;
  });
}

/** Gives a field what it lacks. Answers whether anything changed. */
function normaliseField(field: FieldDescriptorProto, oneofs: number): boolean {
  const { oneofIndex, defaultValue } = FieldDescriptorProtoSchema.field;
  let hasChanged = false;
  if (!isIdentifier(field.name)) {
    field.name = `field_${field.number}`;
    hasChanged = true;
  }
  if (field.jsonName === "") {
    field.jsonName = protoCamelCase(field.name);
    hasChanged = true;
  }
  if (isFieldSet(field, oneofIndex) && (field.oneofIndex < 0 || field.oneofIndex >= oneofs)) {
    clearField(field, oneofIndex);
    hasChanged = true;
  }
  if (isFieldSet(field, defaultValue) && !isDefaultOf(field)) {
    clearField(field, defaultValue);
    hasChanged = true;
  }
  return hasChanged;
}

function isFieldNumber(number: number): boolean {
  return number >= 1 && number <= maxFieldNumber;
}

/** Whether a field says of what type it is. A number that isn't known for a type was not read. */
function hasType(field: FieldDescriptorProto): boolean {
  return (
    field.typeName !== "" || (isFieldSet(field, FieldDescriptorProtoSchema.field.type) && !isNamedType(field.type))
  );
}

/** Whether the default of a scalar field can be parsed. An enum's can't be judged without the enum. */
function isDefaultOf({ type, typeName, defaultValue }: FieldDescriptorProto): boolean {
  if (isNamedType(type) || typeName !== "") {
    return true;
  }
  try {
    // The numbers of scalar types are the same in both enums; see ScalarType.
    const value = parseTextFormatScalarValue(type as number as ScalarType, defaultValue);
    return !Number.isNaN(value) || defaultValue === "nan";
  } catch {
    return false;
  }
}
