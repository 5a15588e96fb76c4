import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { declaredExtensions, declaredNames } from "./declared-names.ts";
import { splitDescriptorSet } from "./split-descriptor-set.ts";

/** One proto file as the compiler described it. */
export interface DescriptorFile {
  /** The path by which other files import it. */
  name: string;
  /** The paths of the files that it imports. */
  imports: readonly string[];
  /** The serialized `google.protobuf.FileDescriptorProto`, as the compiler wrote it, comments and all. */
  bytes: Uint8Array;
}

/** Proto files, found by what they declare. */
export interface DescriptorFiles {
  /** The file of that path. */
  byName(name: string): DescriptorFile | undefined;
  /** The file that declares the service, method, message, field, oneof, enum, enum value or extension of that full name. */
  bySymbol(symbol: string): DescriptorFile | undefined;
  /** The file that declares the extension of that number for the message of that full name. */
  byExtension(message: string, number: number): DescriptorFile | undefined;
  /** The numbers of all extensions of that message, ascending. */
  extensionNumbers(message: string): readonly number[];
}

/**
 * Indexes the files of a serialized `google.protobuf.FileDescriptorSet`.
 *
 * @throws Error when the bytes are not a set of files.
 */
export function createDescriptorFiles(set: Uint8Array): DescriptorFiles {
  const files = new Map<string, DescriptorFile>();
  const symbols = new Map<string, DescriptorFile>();
  const extensions = new Map<string, Map<number, DescriptorFile>>();
  for (const bytes of splitDescriptorSet(set)) {
    const proto = fromBinary(FileDescriptorProtoSchema, bytes);
    const file = { name: proto.name, imports: proto.dependency, bytes };
    files.set(file.name, file);
    for (const name of declaredNames(proto)) {
      symbols.set(name, file);
    }
    for (const { extendee, number } of declaredExtensions(proto)) {
      const message = extendee.replace(/^\./, "");
      const byNumber = extensions.get(message) ?? new Map<number, DescriptorFile>();
      extensions.set(message, byNumber.set(number, file));
    }
  }
  return {
    byName: (name) => files.get(name),
    bySymbol: (symbol) => symbols.get(symbol),
    byExtension: (message, number) => extensions.get(message)?.get(number),
    extensionNumbers: (message) => [...(extensions.get(message)?.keys() ?? [])].sort((a, b) => a - b),
  };
}

/**
 * Yields a file and then everything that it imports, directly or not, without the files of `sent`. The file itself always
 * comes; whatever comes is added to `sent`.
 */
export function* withImports(
  file: DescriptorFile,
  files: DescriptorFiles,
  sent: Set<string>,
): Generator<DescriptorFile, void, undefined> {
  sent.add(file.name);
  yield file;
  const queue = [...file.imports];
  const seen = new Set([file.name, ...queue]);
  // The queue grows while it is walked.
  for (const name of queue) {
    const imported = files.byName(name);
    if (imported === undefined) {
      continue;
    }
    if (!sent.has(name)) {
      sent.add(name);
      yield imported;
    }
    for (const next of imported.imports) {
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
}
