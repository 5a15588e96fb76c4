import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { createFileEditor } from "../files/file-editor.ts";
import type { MergedFile } from "../merge-sources.ts";
import { andOthers, quoteName } from "../quote-name.ts";
import type { ImportTable } from "./import-table.ts";

/** What each file imports. */
export type Imports = ReadonlyMap<MergedFile, FileImports>;

/** What one file imports. */
export interface FileImports {
  /** The files, by the names by which its own source knows them. */
  readonly kept: ReadonlyMap<string, MergedFile>;
  /** The files whose types it uses without an import. */
  readonly added: readonly MergedFile[];
}

/** What `planImports` needs besides the files. */
export interface PlanOptions {
  readonly table: ImportTable;
  /** The files whose types a file refers to. */
  readonly needs: ReadonlyMap<MergedFile, ReadonlySet<MergedFile>>;
  /** Files that import each other in a circle: their imports of each other are kept only where they are needed. */
  readonly cyclic: ReadonlySet<MergedFile>;
}

/** How many files are looked through for a type that comes by public imports, before it is simply imported. */
const maxPublicImports = 200;

/**
 * Finds out what each file should import: names that nobody has are left out, and files whose types are used without an
 * import are added. Both are noted with the sources; the files stay as they are.
 */
export function planImports(files: readonly MergedFile[], options: PlanOptions): Imports {
  return new Map(files.map((merged) => [merged, planFile(merged, options)]));
}

/** The files that one file imports. */
export function* importedFiles(imports: Imports, file: MergedFile): Generator<MergedFile, void, undefined> {
  const of = imports.get(file);
  yield* of?.kept.values() ?? [];
  yield* of?.added ?? [];
}

function planFile(merged: MergedFile, { table, needs, cyclic }: PlanOptions): FileImports {
  const needed = needs.get(merged) ?? new Set();
  const { proto } = merged.file;
  const { notes } = merged.source;
  const kept = new Map<string, MergedFile>();
  for (const name of proto.dependency) {
    const imported = table.find(merged, name);
    if (imported === undefined) {
      notes.count(
        "missing-import",
        quoteName(name),
        (first, others) => `${first}${andOthers(others)}: imported, but missing; the import is left out`,
      );
    } else if (cyclic.has(merged) && cyclic.has(imported) && !needed.has(imported)) {
      notes.count(
        "cycle",
        quoteName(proto.name),
        (first, others) =>
          `${first}${andOthers(others)}: in a circle of imports, of which those that aren't needed are left out`,
      );
    } else if (imported !== merged) {
      kept.set(name, imported);
    }
  }
  const visible = new Set(kept.values()).add(merged);
  const added = [...needed].filter((file) => !visible.has(file) && !isPublic(file, kept.values(), table));
  if (added.length > 0) {
    notes.count(
      "added-import",
      quoteName(proto.name),
      (first, others) =>
        `${first}${andOthers(others)}: not all files are imported whose types are used; the imports were worked out`,
    );
  }
  return { kept, added };
}

/** Writes into a file what it imports, by the names that files have in the merged schema. */
export function writeImports(merged: MergedFile, { kept, added }: FileImports): void {
  const { proto } = merged.file;
  const nameOf = ({ file }: MergedFile) => file.proto.name;
  const list = new Set([...[...kept.values()].map(nameOf), ...added.map(nameOf)]);
  if (proto.dependency.length === list.size && proto.dependency.every((name) => list.has(name))) {
    return;
  }
  const names = [...list];
  const editor = createFileEditor(merged.file);
  const follow = (indexes: readonly number[]) =>
    indexes.flatMap((index) => {
      const imported = kept.get(proto.dependency[index] ?? "");
      return imported === undefined ? [] : [names.indexOf(nameOf(imported))];
    });
  const { publicDependency, weakDependency } = proto;
  setImports(editor.proto, names, {
    publicDependency: follow(publicDependency),
    weakDependency: follow(weakDependency),
  });
  editor.touch();
  merged.file = editor.finish();
}

function setImports(
  proto: FileDescriptorProto,
  dependency: string[],
  indexes: Pick<FileDescriptorProto, "publicDependency" | "weakDependency">,
): void {
  Object.assign(proto, { dependency, ...indexes });
}

/** Whether a file comes with one of the imports, by their public imports. */
function isPublic(wanted: MergedFile, imports: Iterable<MergedFile>, table: ImportTable): boolean {
  const seen = new Set(imports);
  // The set grows while it is walked.
  for (const merged of seen) {
    const { dependency, publicDependency } = merged.file.proto;
    for (const index of publicDependency) {
      const imported = table.find(merged, dependency[index] ?? "");
      if (imported === wanted) {
        return true;
      }
      if (imported !== undefined && seen.size < maxPublicImports) {
        seen.add(imported);
      }
    }
  }
  return false;
}
