/** Takes down what was mended or left out, for a person to read. */
export interface NoteBook {
  /** Takes a note. One that stands there already isn't repeated. */
  add(note: string): void;
  /**
   * Takes a note of a kind that may hold for many: the first is told whole, and how many others there are.
   *
   * @param text makes the note of the first subject, and of how many others it holds for
   */
  count(kind: string, subject: string, text: (first: string, others: number) => string): void;
  /** All notes, in their order. */
  notes(): string[];
}

/** The most notes that are kept; what comes then is counted. */
const maxNotes = 100;

/** Creates a book without notes. */
export function createNoteBook(): NoteBook {
  const entries = new Map<string, () => string>();
  const subjects = new Map<string, Set<string>>();
  let left = 0;
  function enter(key: string, text: () => string): void {
    if (entries.size < maxNotes) {
      entries.set(key, text);
    } else {
      left++;
    }
  }
  return {
    add(note) {
      if (!entries.has(note)) {
        enter(note, () => note);
      }
    },
    count(kind, subject, text) {
      const counted = subjects.get(kind) ?? new Set();
      if (counted.size === 0) {
        subjects.set(kind, counted);
        enter(`kind ${kind}`, () => text(subject, counted.size - 1));
      }
      counted.add(subject);
    },
    notes() {
      const notes = [...entries.values()].map((text) => text());
      return left === 0 ? notes : [...notes, `and ${left} more`];
    },
  };
}
