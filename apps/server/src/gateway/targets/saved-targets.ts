import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "./replace-file.ts";
import type { TargetSettings } from "./target-settings.ts";
import { decodeTargets, encodeTargets } from "./targets-file.ts";

/** The targets that are kept in the data directory. */
export interface SavedTargets {
  /** The settings in the order in which they were added. */
  current(): readonly TargetSettings[];
  /**
   * Takes up what was edited by hand meanwhile, as a whole. Rejects with a SavedTargetsError where the file is broken;
   * then what stood before goes on to stand.
   */
  refresh(): Promise<void>;
  /**
   * Keeps what `change` makes of the settings. Changes run one after the other, and rejects leave everything as it was:
   * with what `change` throws, with a SavedTargetsError where the file is broken, and with Node's error where it can't be
   * written.
   */
  update(change: (current: readonly TargetSettings[]) => readonly TargetSettings[]): Promise<void>;
}

/** The file of targets can't be used as it is; the message says what is wrong, where, and what to do. */
export class SavedTargetsError extends Error {
  override readonly name = "SavedTargetsError";
}

/** The file's name in the data directory. */
export const targetsFileName = "targets.json";

/** The longest file that is read, in characters: 4 MiB, more than the targets that are allowed can fill. */
const maxFileCharacters = 4_194_304;

/**
 * Reads the targets of the data directory; there are none where there is no file. Rejects with a SavedTargetsError where
 * the file is broken: it is never written over.
 *
 * @param directory created when something is first kept in it
 */
export async function openSavedTargets(directory: string): Promise<SavedTargets> {
  const path = join(directory, targetsFileName);
  let text: string | undefined;
  let current: readonly TargetSettings[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<void> {
    const found = await readIfThere(path);
    if (found !== text) {
      current = found === undefined ? [] : decode(found);
      text = found;
    }
  }

  /** Runs after everything that was asked for before. */
  function inTurn(run: () => Promise<void>): Promise<void> {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  }

  await read();
  return {
    current: () => current,
    refresh: () => inTurn(read),
    update: (change) =>
      inTurn(async () => {
        await read();
        const next = Object.freeze([...change(current)]);
        const encoded = encodeTargets(next);
        await mkdir(directory, { recursive: true });
        await replaceFile(path, encoded);
        current = next;
        text = encoded;
      }),
  };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

function decode(text: string): readonly TargetSettings[] {
  const decoded =
    text.length > maxFileCharacters
      ? { kind: "fault" as const, fault: `it has more than ${maxFileCharacters} characters` }
      : decodeTargets(text);
  if (decoded.kind === "fault") {
    throw new SavedTargetsError(
      `${targetsFileName} in the data directory is broken: ${decoded.fault}; mend it, or move it away to start afresh`,
    );
  }
  return Object.freeze(decoded.targets);
}
