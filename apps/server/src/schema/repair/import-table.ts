import type { MergedFile } from "../merge-sources.ts";

/** Tells which files others import. */
export interface ImportTable {
  /** The file that another imports by a name: one of its own source before one of another. Undefined where nobody has it. */
  find(importer: MergedFile, name: string): MergedFile | undefined;
  /** The names of what a file imports and nobody has. */
  missing(importer: MergedFile): string[];
}

/** Creates the table of a merged schema's files. */
export function createImportTable(files: readonly MergedFile[]): ImportTable {
  const byName = new Map(files.map((merged) => [merged.file.proto.name, merged]));
  const find = ({ source }: MergedFile, name: string) => byName.get(source.fileNames.get(name) ?? name);
  return {
    find,
    missing: (importer) => importer.file.proto.dependency.filter((name) => find(importer, name) === undefined),
  };
}
