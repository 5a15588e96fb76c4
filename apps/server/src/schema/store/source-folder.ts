import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Code, ConnectError } from "@connectrpc/connect";
import { decodeSources, encodeSources, reflectionSource, type StoredSource } from "./stored-source.ts";

/** The sources of targets, as they are kept on disk. */
export interface SourceFolder {
  /** A target's sources in their order: the target itself alone, where nobody has added any. */
  list(target: string): Promise<readonly StoredSource[]>;
  /** Keeps a list. Files of sources that are left out are removed. */
  save(target: string, sources: readonly StoredSource[]): Promise<void>;
  /** A source's serialized `google.protobuf.FileDescriptorSet`; undefined where it has gone. */
  read(target: string, id: string): Promise<Uint8Array | undefined>;
  write(target: string, id: string, descriptors: Uint8Array): Promise<void>;
  /** Hands all that is kept of a target to one of another name, in the place of what that one has. */
  rename(target: string, name: string): Promise<void>;
  /** Removes all that is kept of a target. */
  remove(target: string): Promise<void>;
}

/** What `createSourceFolder` needs. */
export interface SourceFolderOptions {
  /** Created when something is first kept in it. */
  readonly directory: string;
  /** Puts a file in the place of another at once, readable by its owner alone. */
  readonly replaceFile: (path: string, content: string | Uint8Array) => Promise<void>;
}

const listName = "sources.json";

/** Keeps sources under a directory: a folder a target, in it a list and a descriptor set for each source. */
export function createSourceFolder({ directory, replaceFile }: SourceFolderOptions): SourceFolder {
  const folderOf = (target: string) => join(directory, encodeFolderName(target));
  const pathOf = (target: string, id: string) => join(folderOf(target), `${id}.binpb`);

  async function put(target: string, path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(folderOf(target), { recursive: true, mode: 0o700 });
    await replaceFile(path, content);
  }

  async function list(target: string): Promise<readonly StoredSource[]> {
    const bytes = await readIfThere(join(folderOf(target), listName));
    const sources = bytes === undefined ? [reflectionSource] : decodeSources(bytes.toString("utf8"));
    if (sources === undefined) {
      const file = `schemas/${encodeFolderName(target)}/${listName}`;
      const message = `the list of sources of ${target} is broken; mend ${file} in the data directory, or move it away`;
      throw new ConnectError(message, Code.FailedPrecondition);
    }
    return sources;
  }

  return {
    list,
    async save(target, sources) {
      const before = await list(target);
      await put(target, join(folderOf(target), listName), encodeSources(sources));
      const kept = new Set(sources.map(({ id }) => id));
      for (const { id } of before) {
        if (!kept.has(id)) {
          await rm(pathOf(target, id), { force: true });
        }
      }
    },
    read: (target, id) => readIfThere(pathOf(target, id)),
    write: (target, id, descriptors) => put(target, pathOf(target, id), descriptors),
    async rename(target, name) {
      await rm(folderOf(name), { recursive: true, force: true });
      try {
        await rename(folderOf(target), folderOf(name));
      } catch (error) {
        if (!isMissing(error)) {
          throw error;
        }
      }
    },
    remove: (target) => rm(folderOf(target), { recursive: true, force: true }),
  };
}

/**
 * A target's name as a folder's, the same for no two: only what every file system tells apart stays as it is, and the
 * rest is `%` and its UTF-8 bytes in hexadecimal.
 */
export function encodeFolderName(target: string): string {
  return target.replace(/[^a-z0-9_-]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  );
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) {
      return undefined;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
