/** What is to be done once, at the end of the turn of the event loop, for each of those who ask. */
export interface TurnQueue<T> {
  add(item: T): void;
}

/** Creates a queue: one timer serves all that ask within a turn. */
export function createTurnQueue<T>(run: (item: T) => void): TurnQueue<T> {
  let items: T[] = [];
  function runAll(): void {
    const due = items;
    items = [];
    for (let i = 0; i < due.length; i++) {
      run(due[i] as T);
    }
  }
  return {
    add(item) {
      if (items.push(item) === 1) {
        setImmediate(runAll);
      }
    },
  };
}
