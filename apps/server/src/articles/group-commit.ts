/** Stores items in groups, so that those which come together share one wait for the disk. */
export interface GroupCommit<Item, Stored> {
  /** Resolves once the item is stored. When its group fails it is tried again alone, and rejects for its own fault only. */
  add(item: Item): Promise<Stored>;
  /** Stores what is waiting, now. */
  flush(): void;
}

interface Waiting<Item, Stored> {
  item: Item;
  resolve: (stored: Stored) => void;
  reject: (reason: unknown) => void;
}

/** The most items of one group: it bounds for how long a commit holds up everything else. */
const MAX_GROUP = 256;

/**
 * Creates a group commit. What comes in one turn of the event loop is stored at its end, in the order in which it came.
 *
 * @param commit stores all items in one transaction, or throws and stores none; answers one result for each item
 */
export function createGroupCommit<Item, Stored>(
  commit: (items: readonly Item[]) => readonly Stored[],
): GroupCommit<Item, Stored> {
  let waiting: Waiting<Item, Stored>[] = [];

  function commitGroup(group: readonly Waiting<Item, Stored>[]): void {
    try {
      const stored = commit(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) {
        resolve(stored[index] as Stored); // `commit` answers one result for each item.
      }
    } catch (error) {
      const [first, ...others] = group;
      if (others.length === 0) {
        first?.reject(error);
        return;
      }
      for (const one of group) {
        commitGroup([one]);
      }
    }
  }

  function flush(): void {
    const groups = waiting;
    waiting = [];
    for (let start = 0; start < groups.length; start += MAX_GROUP) {
      commitGroup(groups.slice(start, start + MAX_GROUP));
    }
  }

  return {
    add(item) {
      return new Promise((resolve, reject) => {
        if (waiting.length === 0) {
          setImmediate(flush);
        }
        waiting.push({ item, resolve, reject });
      });
    },
    flush,
  };
}
