import { clearField, isFieldSet } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  type ServiceDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import { createFileEditor, type FileEditor } from "../files/file-editor.ts";
import { joinName, resolveName } from "../files/type-names.ts";
import type { MergedFile } from "../merge-sources.ts";
import { quoteName } from "../quote-name.ts";
import { type Defect, missingType } from "./defect.ts";
import type { ImportTable } from "./import-table.ts";
import { isMapEntry } from "./map-entry.ts";
import { isNamedType } from "./named-type.ts";
import type { TypeEntry, TypeTable } from "./type-table.ts";

/** What came of looking up every type that files refer to. */
export interface References {
  /** The files whose types a file refers to. */
  readonly needs: ReadonlyMap<MergedFile, ReadonlySet<MergedFile>>;
  /** What messages lost, by their full names. */
  readonly messages: Map<string, Defect>;
  /** What services lost: by their full names, and those of their methods. */
  readonly methods: Map<string, Map<string, Defect>>;
}

/** Whether one file may refer to another's types. */
export type MayNeed = (file: MergedFile, needed: MergedFile) => boolean;

/** What `resolveReferences` needs besides the files. */
export interface ResolveOptions {
  readonly types: TypeTable<MergedFile>;
  readonly imports: ImportTable;
  /** Default: every file may refer to every other. */
  readonly mayNeed?: MayNeed | undefined;
}

/**
 * Looks up the types that all files refer to, wherever they are declared, and makes each reference a full name. What refers
 * to a type that is missing is taken out of its file, so that the rest can be loaded.
 */
export function resolveReferences(
  files: readonly MergedFile[],
  { types, imports, mayNeed = () => true }: ResolveOptions,
): References {
  const needs = new Map<MergedFile, Set<MergedFile>>();
  const references: References = { needs, messages: new Map(), methods: new Map() };
  for (const merged of files) {
    const needed = new Set<MergedFile>();
    const editor = createFileEditor(merged.file);
    const missingImports = imports.missing(merged);
    resolveFile({ merged, editor, types, needed, references, missingImports, mayNeed });
    merged.file = editor.finish();
    needs.set(merged, needed);
  }
  return references;
}

interface FileContext {
  readonly merged: MergedFile;
  readonly editor: FileEditor;
  readonly types: TypeTable<MergedFile>;
  readonly needed: Set<MergedFile>;
  readonly references: References;
  readonly missingImports: readonly string[];
  readonly mayNeed: MayNeed;
}

function resolveFile(context: FileContext): void {
  const { editor } = context;
  const { proto } = editor;
  resolveMessages(proto.messageType, proto.package, context);
  resolveExtensions(proto.extension, proto.package, context);
  for (const service of proto.service) {
    resolveMethods(service, joinName(proto.package, service.name), context);
  }
  // A service all of whose methods were lost has nothing to offer.
  const { methods } = context.references;
  editor.retain(proto.service, ({ name, method }) => method.length > 0 || !methods.has(joinName(proto.package, name)));
}

function resolveMessages(messages: DescriptorProto[], scope: string, context: FileContext): void {
  const { editor, references } = context;
  const unsound = new Set<object>();
  for (const message of messages) {
    const name = joinName(scope, message.name);
    // Entries of maps come first, since the fields around them depend on theirs.
    resolveMessages(message.nestedType, name, context);
    resolveExtensions(message.extension, name, context);
    editor.retain(message.field, (field) => {
      const defect = resolveField(field, name, context);
      if (defect !== undefined && !references.messages.has(name)) {
        references.messages.set(name, defect);
      }
      return defect === undefined;
    });
    if (message.options?.mapEntry === true && !isMapEntry(message)) {
      unsound.add(message);
    }
  }
  editor.retain(messages, (message) => !unsound.has(message));
}

function resolveExtensions(extensions: FieldDescriptorProto[], scope: string, context: FileContext): void {
  context.editor.retain(extensions, (extension) => {
    const extendee = lookUp(extension.extendee, scope, context);
    if (extendee?.entry.kind !== "message" || resolveField(extension, scope, context) !== undefined) {
      return false;
    }
    extension.extendee = rename(extension.extendee, extendee.name, context);
    context.needed.add(extendee.entry.file);
    return true;
  });
}

function resolveMethods(service: ServiceDescriptorProto, name: string, context: FileContext): void {
  context.editor.retain(service.method, (method) => {
    const input = lookUp(method.inputType, name, context);
    const output = lookUp(method.outputType, name, context);
    if (input?.entry.kind === "message" && output?.entry.kind === "message") {
      method.inputType = rename(method.inputType, input.name, context);
      method.outputType = rename(method.outputType, output.name, context);
      context.needed.add(input.entry.file).add(output.entry.file);
      return true;
    }
    const [type, role] = input?.entry.kind === "message" ? [method.outputType, "output"] : [method.inputType, "input"];
    const { methods } = context.references;
    const defects = methods.get(name) ?? new Map<string, Defect>();
    methods.set(name, defects.set(method.name, missingType(type, role, context.missingImports)));
    return false;
  });
}

/** Makes a field's type a full name, and its kind what the type is. Answers why the field can't stay. */
function resolveField(field: FieldDescriptorProto, scope: string, context: FileContext): Defect | undefined {
  const { type: typeField, defaultValue } = FieldDescriptorProtoSchema.field;
  if (isFieldSet(field, typeField) && !isNamedType(field.type)) {
    return undefined;
  }
  const user = `field ${quoteName(joinName(scope, field.name))}`;
  const found = lookUp(field.typeName, scope, context);
  if (found === undefined) {
    return missingType(field.typeName, user, context.missingImports);
  }
  const { entry, name } = found;
  if (entry.kind === "map-entry" && !(name === joinName(scope, entry.proto.name) && isMapField(field, entry.proto))) {
    const ofEntry = context.references.messages.get(name);
    return (
      ofEntry ?? {
        reason: `${user} is no map that can be`,
        remedy: "add the .proto file that declares it, as a source",
      }
    );
  }
  field.typeName = rename(field.typeName, name, context);
  const type = typeOf(entry, field);
  if (field.type !== type || !isFieldSet(field, typeField)) {
    field.type = type;
    context.editor.touch();
  }
  if (entry.kind === "enum" && isFieldSet(field, defaultValue)) {
    if (!entry.proto.value.some(({ name: value }) => value === field.defaultValue)) {
      clearField(field, defaultValue);
      context.editor.touch();
    }
  }
  context.needed.add(entry.file);
  return undefined;
}

function typeOf(entry: TypeEntry<MergedFile>, field: FieldDescriptorProto): FieldDescriptorProto_Type {
  if (entry.kind === "enum") {
    return FieldDescriptorProto_Type.ENUM;
  }
  return field.type === FieldDescriptorProto_Type.GROUP ? field.type : FieldDescriptorProto_Type.MESSAGE;
}

/** Whether a field can have a map's entries. */
function isMapField(field: FieldDescriptorProto, entry: DescriptorProto): boolean {
  return field.label === FieldDescriptorProto_Label.REPEATED && field.extendee === "" && isMapEntry(entry);
}

function lookUp(
  reference: string,
  scope: string,
  { merged, types, mayNeed }: FileContext,
): { name: string; entry: TypeEntry<MergedFile> } | undefined {
  const name = resolveName(reference, scope, (candidate) => types.has(candidate));
  const entry = name === undefined ? undefined : types.get(name);
  return name === undefined || entry === undefined || !(entry.file === merged || mayNeed(merged, entry.file))
    ? undefined
    : { name, entry };
}

/** The reference as a full name, which is what it should have been. */
function rename(reference: string, name: string, { editor }: FileContext): string {
  const full = `.${name}`;
  if (reference !== full) {
    editor.touch();
  }
  return full;
}
