/** Runs what is about one subject one after the other. */
export type Turns = <T>(subject: string, run: () => Promise<T>) => Promise<T>;

/** Creates turns. A subject is remembered only while something is about it. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (subject, run) => {
    const turn = (last.get(subject) ?? Promise.resolve()).then(run);
    const settled = turn.catch(() => undefined);
    last.set(subject, settled);
    void settled.then(() => {
      if (last.get(subject) === settled) {
        last.delete(subject);
      }
    });
    return turn;
  };
}
