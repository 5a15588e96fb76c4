import { create, createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { joinName } from "../files/type-names.ts";
import type { MergedFile } from "../merge-sources.ts";
import { quoteName } from "../quote-name.ts";
import { type Imports, importedFiles } from "./plan-imports.ts";

/** How often a file is looked for that can't be loaded; after that, everything from the last one on is dropped. */
const maxRounds = 8;

/**
 * Loads the files as whoever gets them will, and drops what can't be, with what imports it. Nothing is dropped of a schema
 * whose faults were all mended before.
 *
 * @param problems learns why the services of those files can't be called
 * @returns the files that can be loaded together
 */
export function dropUnloadable(
  files: readonly MergedFile[],
  imports: Imports,
  problems: Map<string, string>,
): readonly MergedFile[] {
  let left = files;
  for (let round = 1; ; round++) {
    const error = loadError(left);
    if (error === undefined) {
      return left;
    }
    const bad = firstUnloadable(left);
    const dropped = round < maxRounds ? dependents(left, bad, imports) : new Set(left.slice(left.indexOf(bad)));
    for (const { file, source } of dropped) {
      source.notes.add(`${quoteName(file.proto.name)} can't be loaded: ${quoteName(error)}`);
      for (const { name } of file.proto.service) {
        const service = joinName(file.proto.package, name);
        problems.set(
          service,
          `cannot call ${service}: its file can't be loaded; add the .proto files of the target as a source`,
        );
      }
    }
    left = left.filter((file) => !dropped.has(file));
  }
}

function loadError(files: readonly MergedFile[]): string | undefined {
  try {
    createFileRegistry(create(FileDescriptorSetSchema, { file: files.map(({ file }) => file.proto) }));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The file at which loading fails, found by halves. */
function firstUnloadable(files: readonly MergedFile[]): MergedFile {
  let good = 0;
  let bad = files.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (loadError(files.slice(0, middle)) === undefined) {
      good = middle;
    } else {
      bad = middle;
    }
  }
  // Without files there is nothing that could fail.
  return files[good] as MergedFile;
}

/** A file and whatever imports it, directly or not; importers come behind it. */
function dependents(files: readonly MergedFile[], bad: MergedFile, imports: Imports): Set<MergedFile> {
  const found = new Set([bad]);
  for (const file of files) {
    if (importedFiles(imports, file).some((imported) => found.has(imported))) {
      found.add(file);
    }
  }
  return found;
}
