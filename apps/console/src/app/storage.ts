/** A store of small texts that outlive the page. Never throws: a browser may refuse storage, or its quota may be full. */
export interface TextStorage {
  /** Undefined where nothing is stored or nothing can be read. */
  read(key: string): string | undefined;
  /** Whether the text was stored. */
  write(key: string, text: string): boolean;
}

/** Wraps the browser's storage; `open` may throw, as `localStorage` itself does where it is forbidden. */
export function createTextStorage(open: () => Pick<Storage, "getItem" | "setItem">): TextStorage {
  return {
    read(key) {
      try {
        return open().getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(key, text) {
      try {
        open().setItem(key, text);
        return true;
      } catch {
        return false;
      }
    },
  };
}
