import { create, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { parseSchemaFile, type SchemaFile } from "./files/schema-file.ts";
import { keepDeclarations, topDeclarations } from "./files/top-declarations.ts";
import { joinName } from "./files/type-names.ts";
import { createNoteBook, type NoteBook } from "./note-book.ts";
import { andOthers, quoteName } from "./quote-name.ts";
import { normaliseFile } from "./repair/normalise-file.ts";
import { bundledSourceId, type SchemaSource } from "./schema-source.ts";

/** A file of a merged schema. */
export interface MergedFile {
  /** No two files of a merged schema have the same name, nor declare the same symbol. */
  file: SchemaFile;
  readonly source: MergedSource;
}

/** A source whose files were taken into a merged schema. */
export interface MergedSource {
  readonly source: SchemaSource;
  readonly notes: NoteBook;
  /** The names that its files have in the merged schema, by those that they had. */
  readonly fileNames: Map<string, string>;
  /** The services that its files declare, whoever has the symbol in the merged schema. */
  readonly services: string[];
  /** How many files it has that could be read. */
  fileCount: number;
}

/** Sources put together. */
export interface MergedSchema {
  readonly sources: readonly MergedSource[];
  readonly files: MergedFile[];
}

/**
 * Puts sources together. Where two have the same symbol, that of the earlier one is taken; a file of the same name and
 * content is taken once, with the comments of whichever has them. A file whose name is taken by another gets a new one.
 * What was left out is noted with its source.
 */
export function mergeSources(sources: readonly SchemaSource[]): MergedSchema {
  const merger: Merger = {
    files: [],
    byName: new Map(),
    bySymbol: new Map(),
    contents: new WeakMap(),
    copies: new Map(),
  };
  const merged = sources.map((source): MergedSource => {
    const mergedSource = { source, notes: createNoteBook(), fileNames: new Map(), services: [], fileCount: 0 };
    for (const [index, bytes] of source.files.entries()) {
      const file = readFile(bytes, index, mergedSource);
      if (file !== undefined) {
        mergeFile(file, mergedSource, merger);
      }
    }
    return mergedSource;
  });
  return { sources: merged, files: merger.files };
}

interface Merger {
  readonly files: MergedFile[];
  readonly byName: Map<string, MergedFile>;
  readonly bySymbol: Map<string, MergedFile>;
  readonly contents: WeakMap<FileDescriptorProto, Uint8Array>;
  /** How many files came by a name, for the names that several have. */
  readonly copies: Map<string, number>;
}

function mergeFile(file: SchemaFile, source: MergedSource, merger: Merger): void {
  const { name } = file.proto;
  const twin = findTwin(file, merger);
  if (twin !== undefined) {
    source.fileNames.set(name, twin.file.proto.name);
    if (twin.file.sourceInfo === undefined && file.sourceInfo !== undefined) {
      twin.file = { ...twin.file, sourceInfo: file.sourceInfo };
    }
    return;
  }
  const free = leaveOutTaken(file, source, merger);
  if (free !== undefined) {
    source.fileNames.set(name, free.proto.name);
    addFile({ file: free, source }, merger);
  }
}

/** Reads and mends one file by itself. Undefined where nothing can be made of it, which is noted. */
function readFile(bytes: Uint8Array, index: number, source: MergedSource): SchemaFile | undefined {
  const { notes, services } = source;
  let file: SchemaFile;
  try {
    file = parseSchemaFile(bytes);
  } catch {
    const text = (first: string, others: number) => `${first}${andOthers(others)} can't be read`;
    notes.count("unreadable", `file ${index + 1}`, text);
    return undefined;
  }
  source.fileCount++;
  for (const { name } of file.proto.service) {
    services.push(joinName(file.proto.package, name));
  }
  return normaliseFile(file, notes);
}

/** The file that says the same, whatever its name: a file may be imported by several. */
function findTwin(file: SchemaFile, merger: Merger): MergedFile | undefined {
  const named = merger.byName.get(file.proto.name);
  if (named !== undefined && saysTheSame(named.file, file, merger)) {
    return named;
  }
  const first = topDeclarations(file.proto)[0]?.names[0];
  const declaring = first === undefined ? undefined : merger.bySymbol.get(first);
  return declaring !== undefined && declaring !== named && saysTheSame(declaring.file, file, merger)
    ? declaring
    : undefined;
}

function saysTheSame(a: SchemaFile, b: SchemaFile, merger: Merger): boolean {
  return (
    Buffer.compare(a.bytes, b.bytes) === 0 ||
    Buffer.compare(contentOf(a.proto, merger), contentOf(b.proto, merger)) === 0
  );
}

/** What a file declares, without its name and the names of its imports, which depend on where somebody put it. */
function contentOf(proto: FileDescriptorProto, { contents }: Merger): Uint8Array {
  const known = contents.get(proto);
  if (known !== undefined) {
    return known;
  }
  const bare = { name: "", dependency: [], publicDependency: [], weakDependency: [], optionDependency: [] };
  const copy = Object.assign(create(FileDescriptorProtoSchema), proto, bare);
  const content = toBinary(FileDescriptorProtoSchema, copy);
  contents.set(proto, content);
  return content;
}

/** The file without the symbols that others have, under a name that is free. Undefined where nothing is left. */
function leaveOutTaken(file: SchemaFile, source: MergedSource, merger: Merger): SchemaFile | undefined {
  const { name } = file.proto;
  const declarations = topDeclarations(file.proto);
  const taken = new Set<object>();
  let owner: MergedFile | undefined;
  for (const { element, names } of declarations) {
    const conflict = names.find((symbol) => merger.bySymbol.has(symbol));
    if (conflict !== undefined) {
      taken.add(element);
      owner ??= merger.bySymbol.get(conflict);
    }
  }
  if (owner !== undefined) {
    noteConflict(file, owner, { source, taken: taken.size });
    if (taken.size === declarations.length) {
      source.fileNames.set(name, owner.file.proto.name);
      return undefined;
    }
  }
  const free = freeName(name, merger);
  if (free !== name) {
    source.notes.add(`another file is named ${quoteName(name)} and differs; this one is kept as ${quoteName(free)}`);
  }
  return taken.size === 0 && free === name
    ? file
    : keepDeclarations(file, { name: free }, (element) => !taken.has(element));
}

function noteConflict(
  { proto }: SchemaFile,
  owner: MergedFile,
  { source, taken }: { source: MergedSource; taken: number },
): void {
  const ownerSource = owner.source.source;
  if (ownerSource.id === bundledSourceId || source.source.id === bundledSourceId) {
    return;
  }
  const holder = ownerSource.id === source.source.id ? "this source" : quoteName(ownerSource.label);
  source.notes.count(`conflict ${ownerSource.id}`, quoteName(proto.name), (first, others) => {
    const what =
      others === 0
        ? `${taken} ${taken === 1 ? "symbol" : "symbols"} of ${first}`
        : `symbols of ${first}${andOthers(others)}`;
    return `${what}: declared otherwise by an earlier file of ${holder}, and left out here`;
  });
}

/** The name itself where no file has it, else one with a number. */
function freeName(name: string, { byName, copies }: Merger): string {
  let free = name;
  for (let copy = copies.get(name) ?? 2; byName.has(free); copy++) {
    free = `${name.replace(/\.proto$/, "")}~${copy}.proto`;
    copies.set(name, copy + 1);
  }
  return free;
}

function addFile(merged: MergedFile, { files, byName, bySymbol }: Merger): void {
  files.push(merged);
  byName.set(merged.file.proto.name, merged);
  for (const { names } of topDeclarations(merged.file.proto)) {
    for (const name of names) {
      bySymbol.set(name, merged);
    }
  }
}
