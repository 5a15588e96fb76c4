/** A first-in, first-out queue, each operation in constant time on average. */
export interface Fifo<T> {
  readonly length: number;
  push(item: T): void;
  /** Takes the oldest item; undefined where there is none. */
  shift(): T | undefined;
  /** The oldest item, left where it is. */
  peek(): T | undefined;
}

/** Below so many taken items the array isn't cut: `Array.shift` would move the rest each time. */
const cutAt = 1024;

/** Creates an empty queue. It has no bound of its own. */
export function createFifo<T>(): Fifo<T> {
  let items: (T | undefined)[] = [];
  let head = 0;
  return {
    get length() {
      return items.length - head;
    },
    push(item) {
      items.push(item);
    },
    peek: () => items[head],
    shift() {
      if (head === items.length) {
        return undefined;
      }
      const item = items[head];
      items[head++] = undefined;
      if (head >= cutAt && head * 2 >= items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
