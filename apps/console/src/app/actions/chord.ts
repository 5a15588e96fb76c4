/** A key, alone or with others held down. */
export interface Chord {
  /** As `KeyboardEvent.key` tells it without Shift: `Enter`, `k`, `/`. A sign that takes Shift on some keyboards stands as itself: `?`. */
  readonly key: string;
  /** Ctrl, or ⌘ where that is the command key. Default false. */
  readonly command?: boolean;
  /** Default false, except for signs, where it makes no difference. */
  readonly shift?: boolean;
}

/** What of a pressed key is looked at. */
export type PressedChord = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Whether a pressed key is the chord. */
export function isChord(event: PressedChord, { key, command = false, shift = false }: Chord): boolean {
  const isSign = /^[^\p{L}\p{N}]$/u.test(key);
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (event.ctrlKey || event.metaKey) === command &&
    !event.altKey &&
    (event.shiftKey === shift || (isSign && !command))
  );
}

const signs: ReadonlyMap<string, string> = new Map([
  ["Enter", "⏎"],
  ["Escape", "Esc"],
  [" ", "Space"],
]);

/** The keys of a chord as they are shown, one by one. `commandKey` is what the platform calls its own: `Ctrl` or `⌘`. */
export function chordKeys({ key, command = false, shift = false }: Chord, commandKey: string): readonly string[] {
  const last = signs.get(key) ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...(command ? [commandKey] : []), ...(shift ? ["⇧"] : []), last];
}
