import { findImports } from "./find-imports.ts";
import { type CompileError, errorWithoutPlace, type ProtoFile } from "./proto-file.ts";

/** Files by the paths by which they are imported. */
export interface RootedFiles {
  readonly files: readonly RootedFile[];
  /** The folders that imports are relative to, `""` for the topmost; of none, all paths are as they were. */
  readonly roots: readonly string[];
  /** Why files can't be brought together. */
  readonly errors: readonly CompileError[];
}

/** A file, and the path by which others import it. */
export interface RootedFile {
  readonly file: ProtoFile;
  readonly importPath: string;
}

/**
 * Finds out which folders the imports of files are relative to: somebody may give a folder around them, or several at a
 * time. The folder by which the most imports are found counts most.
 */
export function guessRoots(files: readonly ProtoFile[]): RootedFiles {
  const candidates = findCandidates(files);
  const votes = new Map<string, number>();
  for (const roots of candidates.values()) {
    for (const root of roots) {
      votes.set(root, (votes.get(root) ?? 0) + 1);
    }
  }
  const best = (roots: Iterable<string>) =>
    [...roots].sort((a, b) => rank(votes, b) - rank(votes, a) || a.length - b.length)[0];
  const rootByPath = new Map<string, string>();
  const roots = new Set<string>();
  for (const [imported, found] of candidates) {
    const root = best(found);
    if (root !== undefined) {
      roots.add(root);
      rootByPath.set(joinPath(root, imported), root);
    }
  }
  const rooted = files.map((file) => {
    const root = rootByPath.get(file.path) ?? best([...roots].filter((each) => isWithin(file.path, each))) ?? "";
    return { file, importPath: root === "" ? file.path : file.path.slice(root.length + 1) };
  });
  return { files: rooted, roots: [...roots].sort(), errors: findClashes(rooted) };
}

/** By each import that some file has, the folders in which a file of that path is. */
function findCandidates(files: readonly ProtoFile[]): Map<string, string[]> {
  const byName = Map.groupBy(
    files.map(({ path }) => path),
    (path) => path.slice(path.lastIndexOf("/") + 1),
  );
  const decoder = new TextDecoder();
  const candidates = new Map<string, string[]>();
  for (const { content } of files) {
    for (const imported of findImports(decoder.decode(content))) {
      if (!candidates.has(imported)) {
        const paths = byName.get(imported.slice(imported.lastIndexOf("/") + 1)) ?? [];
        const suffix = `/${imported}`;
        const found = paths.filter((path) => `/${path}`.endsWith(suffix));
        candidates.set(
          imported,
          found.map((path) => path.slice(0, Math.max(0, path.length - suffix.length))),
        );
      }
    }
  }
  return candidates;
}

function rank(votes: ReadonlyMap<string, number>, root: string): number {
  return votes.get(root) ?? 0;
}

function joinPath(root: string, path: string): string {
  return root === "" ? path : `${root}/${path}`;
}

function isWithin(path: string, root: string): boolean {
  return root === "" || path.startsWith(`${root}/`);
}

function findClashes(rooted: readonly RootedFile[]): CompileError[] {
  const taken = new Map<string, ProtoFile>();
  return rooted.flatMap(({ file, importPath }) => {
    const other = taken.get(importPath);
    taken.set(importPath, file);
    return other === undefined
      ? []
      : [errorWithoutPlace(`${other.path} is imported by the same path; leave one of the two out`, file.path)];
  });
}
