import { hash } from "node:crypto";
import type { DescriptorProto, FieldDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { fixedFileNames } from "../bundled-files.ts";
import { parseSchemaFile } from "../files/schema-file.ts";
import { topDeclarations } from "../files/top-declarations.ts";
import type { NoteBook } from "../note-book.ts";
import { andOthers, quoteName } from "../quote-name.ts";
import { isPlaceholder } from "../repair/is-placeholder.ts";
import type { ReflectionLimits } from "./reflection-limits.ts";
import type { ReflectionQuestion } from "./reflection-stream.ts";

/** Files as they come from a target, and what they still lack. */
export interface CollectedFiles {
  /** Takes a file, unless it came before or is over a limit. */
  add(bytes: Uint8Array): void;
  /** Whether a limit was reached, so that nothing more is taken. */
  isFull(): boolean;
  /** Whether a service, message, enum or extension of that full name has come. */
  isDeclared(name: string): boolean;
  /** Questions for files that are imported and have not come, each once. More may come while they are walked. */
  missingFiles(): Iterable<ReflectionQuestion>;
  /** The same for types that are referred to. Imports bring most of them, and so come first. */
  missingTypes(): Iterable<ReflectionQuestion>;
  all(): readonly Uint8Array[];
}

/** Creates an empty collection. */
export function createCollectedFiles(limits: ReflectionLimits, notes: NoteBook): CollectedFiles {
  const files: Uint8Array[] = [];
  const hashes = new Set<string>();
  const names = new Set<string>(fixedFileNames);
  const declared = new Set<string>();
  const wantedFiles = new Set<string>();
  const wantedTypes = new Set<string>();
  const asked = new Set<string>();
  let totalBytes = 0;
  let answerBytes = 0;
  let isFull = false;

  function fill(what: string): void {
    isFull = true;
    notes.add(`the target sends more than ${what}; the rest is left out`);
  }

  function isAcceptable(bytes: Uint8Array): boolean {
    answerBytes += bytes.length;
    if (bytes.length > limits.maxFileBytes) {
      notes.count(
        "large-file",
        "a file",
        (_, others) => `${others + 1} of its files are over ${limits.maxFileBytes} bytes, and left out`,
      );
      return false;
    }
    if (answerBytes > limits.maxAnswerBytes) {
      fill(`${limits.maxAnswerBytes} bytes`);
    }
    return !isFull;
  }

  function hasRoom(bytes: Uint8Array): boolean {
    if (totalBytes + bytes.length > limits.maxTotalBytes) {
      fill(`${limits.maxTotalBytes} bytes`);
    } else if (files.length === limits.maxFiles) {
      fill(`${limits.maxFiles} files`);
    }
    return !isFull;
  }

  function index(proto: FileDescriptorProto): void {
    if (names.has(proto.name) && !fixedFileNames.has(proto.name)) {
      notes.count(
        "variants",
        quoteName(proto.name),
        (first, others) =>
          `${first}${andOthers(others)} came with different content in one reading; servers of different builds may share the target's address`,
      );
    }
    names.add(proto.name);
    for (const top of topDeclarations(proto)) {
      for (const name of top.names) {
        declared.add(name);
      }
    }
    for (const name of proto.dependency) {
      wantedFiles.add(name);
    }
    for (const type of referencedTypes(proto)) {
      wantedTypes.add(type);
    }
  }

  return {
    add(bytes) {
      if (isFull || !isAcceptable(bytes)) {
        return;
      }
      const digest = hash("sha256", bytes, "base64");
      if (hashes.has(digest) || !hasRoom(bytes)) {
        return;
      }
      hashes.add(digest);
      totalBytes += bytes.length;
      try {
        const { proto } = parseSchemaFile(bytes);
        if (!isPlaceholder(proto)) {
          index(proto);
        }
      } catch {
        // Told of when the files are put together, which reads them again.
      }
      files.push(bytes);
    },
    isFull: () => isFull,
    isDeclared: (name) => declared.has(name),
    *missingFiles() {
      for (const value of wantedFiles) {
        wantedFiles.delete(value);
        if (!names.has(value) && !asked.has(value)) {
          asked.add(value);
          yield { case: "fileByFilename", value };
        }
      }
    },
    *missingTypes() {
      for (const value of wantedTypes) {
        wantedTypes.delete(value);
        if (!declared.has(value) && !asked.has(value)) {
          asked.add(value);
          yield { case: "fileContainingSymbol", value };
        }
      }
    },
    all: () => files,
  };
}

/** The full names of the types that a file refers to, but for those that need nobody to tell. */
function* referencedTypes(file: FileDescriptorProto): Generator<string, void, undefined> {
  for (const message of file.messageType) {
    yield* typesOfMessage(message);
  }
  yield* typesOfFields(file.extension);
  for (const { method } of file.service) {
    for (const { inputType, outputType } of method) {
      yield* fullName(inputType);
      yield* fullName(outputType);
    }
  }
}

function* typesOfMessage({ field, extension, nestedType }: DescriptorProto): Generator<string, void, undefined> {
  yield* typesOfFields(field);
  yield* typesOfFields(extension);
  for (const nested of nestedType) {
    yield* typesOfMessage(nested);
  }
}

function* typesOfFields(fields: readonly FieldDescriptorProto[]): Generator<string, void, undefined> {
  for (const { typeName, extendee } of fields) {
    yield* fullName(typeName);
    yield* fullName(extendee);
  }
}

function* fullName(reference: string): Generator<string, void, undefined> {
  if (reference.startsWith(".") && !reference.startsWith(".google.protobuf.")) {
    yield reference.slice(1);
  }
}
