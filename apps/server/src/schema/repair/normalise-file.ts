import { isFieldSet, maximumEdition } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  Edition,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import { createFileEditor } from "../files/file-editor.ts";
import type { SchemaFile } from "../files/schema-file.ts";
import type { NoteBook } from "../note-book.ts";
import { andOthers, quoteName } from "../quote-name.ts";
import { isPlaceholder } from "./is-placeholder.ts";
import { demoteMapEntry } from "./map-entry.ts";
import { retainNamed } from "./normalise-context.ts";
import { normaliseEnum } from "./normalise-enum.ts";
import { normaliseMessage } from "./normalise-message.ts";

/** The name of a file that has none. */
const unnamedFile = "unnamed.proto";

/**
 * Mends what is wrong with a file by itself, whatever others declare: an unknown syntax, names that are none, fields without
 * JSON names, numbers that can't be. Undefined for a stand-in that says nothing but a name, as `<unknown:0>` for a file
 * that the server itself could not find.
 */
export function normaliseFile(file: SchemaFile, notes: NoteBook): SchemaFile | undefined {
  const editor = createFileEditor(file);
  const { proto } = editor;
  if (isPlaceholder(proto)) {
    notes.count(
      "placeholder",
      quoteName(proto.name),
      (first, others) => `${first}${andOthers(others)}: came empty, which counts as missing`,
    );
    return undefined;
  }
  if (proto.name === "") {
    proto.name = unnamedFile;
    editor.touch();
  }
  if (normaliseSyntax(proto, notes)) {
    editor.touch();
  }
  const context = { editor, notes };
  const names = new Set<string>();
  retainNamed(proto.messageType, names, context);
  retainNamed(proto.enumType, names, context);
  retainNamed(proto.service, names, context);
  retainNamed(proto.extension, names, context);
  for (const message of proto.messageType) {
    normaliseMessage(message, context);
    // A map's entry is inside the message that has the map.
    demoteMapEntry(message, editor);
  }
  for (const declared of proto.enumType) {
    normaliseEnum(declared, context);
  }
  editor.retain(proto.enumType, (declared) => declared.value.length > 0);
  for (const service of proto.service) {
    retainNamed(service.method, new Set(), context);
  }
  return editor.finish();
}

/** Sees to it that the syntax is one that is known. Answers whether it changed. */
function normaliseSyntax(proto: FileDescriptorProto, notes: NoteBook): boolean {
  switch (proto.syntax) {
    case "":
    case "proto2":
    case "proto3":
      return false;
    case "editions":
      return normaliseEdition(proto, notes);
    default: {
      const guess = hasProto2Traits(proto) ? "proto2" : "proto3";
      notes.add(`${quoteName(proto.name)} has the unknown syntax ${quoteName(proto.syntax)}; it is read as ${guess}`);
      proto.syntax = guess;
      return true;
    }
  }
}

function normaliseEdition(proto: FileDescriptorProto, notes: NoteBook): boolean {
  const { edition } = proto;
  if (edition >= Edition.EDITION_PROTO2 && edition <= maximumEdition) {
    return false;
  }
  // The number of an edition that was not known when this was built isn't told either.
  const latest = Edition[maximumEdition]?.replace("EDITION_", "") ?? maximumEdition;
  notes.add(`${quoteName(proto.name)} is of an edition that isn't known here; it is read as edition ${latest}`);
  proto.edition = maximumEdition;
  return true;
}

/** Whether a file uses what proto3 doesn't have. */
function hasProto2Traits(proto: FileDescriptorProto): boolean {
  const isOfProto2 = ({ field, extensionRange, nestedType }: DescriptorProto): boolean =>
    extensionRange.length > 0 ||
    nestedType.some(isOfProto2) ||
    field.some(
      (member) =>
        member.label === FieldDescriptorProto_Label.REQUIRED ||
        member.type === FieldDescriptorProto_Type.GROUP ||
        isFieldSet(member, FieldDescriptorProtoSchema.field.defaultValue),
    );
  return proto.messageType.some(isOfProto2);
}
