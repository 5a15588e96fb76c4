/** A value's place in a list, by which it leaves again. */
export interface Link<T> {
  readonly value: T;
  previous: Link<T> | undefined;
  next: Link<T> | undefined;
  /** Whether it has left. */
  removed: boolean;
}

/** A list that is joined and left at once, wherever in it a value stands: what a set does, without its hashing. */
export interface LinkedList<T> {
  /** The value that has been in it the longest. */
  readonly first: Link<T> | undefined;
  /** Puts a value to the end. */
  add(value: T): Link<T>;
  /** Takes a value out. Without effect the second time. */
  remove(link: Link<T>): void;
}

/** Creates an empty list. */
export function createLinkedList<T>(): LinkedList<T> {
  let first: Link<T> | undefined;
  let last: Link<T> | undefined;
  return {
    get first() {
      return first;
    },
    add(value) {
      const link: Link<T> = { value, previous: last, next: undefined, removed: false };
      if (last === undefined) {
        first = link;
      } else {
        last.next = link;
      }
      last = link;
      return link;
    },
    remove(link) {
      if (link.removed) {
        return;
      }
      link.removed = true;
      if (link.previous === undefined) {
        first = link.next;
      } else {
        link.previous.next = link.next;
      }
      if (link.next === undefined) {
        last = link.previous;
      } else {
        link.next.previous = link.previous;
      }
    },
  };
}
