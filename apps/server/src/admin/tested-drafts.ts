import { isDeepStrictEqual } from "node:util";
import type { Wire } from "../gateway/gateway-target.ts";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";

/** What tests found that drafts of targets speak, until they are saved. */
export interface TestedDrafts {
  /** Notes what was found of a draft. */
  note(settings: TargetSettings, wires: ReadonlySet<Wire>): void;
  /** What was found of a draft of these settings, under whatever name, a while ago at the most; it is forgotten then. */
  take(settings: TargetSettings): ReadonlySet<Wire> | undefined;
}

interface TestedDraft {
  readonly settings: TargetSettings;
  readonly wires: ReadonlySet<Wire>;
  readonly testedAt: number;
}

/** How long a finding holds, in milliseconds: long enough to fill in a form, too short for a server to become another. */
export const draftHoldMs = 300_000;

/** The most drafts that are kept; the oldest goes first. */
const maxDrafts = 16;

/**
 * Creates the notes, without any.
 *
 * @param now in milliseconds, as `performance.now()` has it
 */
export function createTestedDrafts(now: () => number): TestedDrafts {
  let drafts: readonly TestedDraft[] = [];

  /** The drafts that still hold, without those of these settings. */
  const others = (settings: TargetSettings) =>
    drafts.filter((each) => now() - each.testedAt <= draftHoldMs && !areAlike(each.settings, settings));

  return {
    note(settings, wires) {
      drafts = [...others(settings), { settings, wires, testedAt: now() }].slice(-maxDrafts);
    },
    take(settings) {
      const found = drafts.find((each) => areAlike(each.settings, settings));
      drafts = others(settings);
      return found !== undefined && now() - found.testedAt <= draftHoldMs ? found.wires : undefined;
    },
  };
}

function areAlike(a: TargetSettings, b: TargetSettings): boolean {
  return isDeepStrictEqual({ ...a, name: "" }, { ...b, name: "" });
}
