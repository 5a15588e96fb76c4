/** What a key does in a table. */
export type TableCommand =
  | { readonly kind: "go"; readonly line: number }
  | { readonly kind: "show"; readonly isShown: boolean }
  | { readonly kind: "all" | "copy" };

/** Where the table stands when a key is pressed. */
export interface TableKeyState {
  readonly active: number;
  /** How many rows there are. */
  readonly count: number;
  /** Rows that are in sight at a time. */
  readonly page: number;
  /** Whether the active row is shown whole. */
  readonly isShown: boolean;
}

/** A key with its modifiers. */
export type TableKey = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">;

/** What a key does; undefined for other keys. With Shift, the keys that go somewhere select what is between. */
export function tableCommand({ key, ctrlKey, metaKey }: TableKey, state: TableKeyState): TableCommand | undefined {
  const isCommand = ctrlKey || metaKey;
  if (isCommand && (key === "a" || key === "c")) {
    return { kind: key === "a" ? "all" : "copy" };
  }
  const last = state.count - 1;
  const line = lineAfterKey(key, state, isCommand);
  if (line !== undefined) {
    return { kind: "go", line: Math.max(0, Math.min(last, line)) };
  }
  if (isCommand) {
    return undefined;
  }
  if (key === "Enter" || key === " ") {
    return { kind: "show", isShown: !state.isShown };
  }
  return key === "Escape" && state.isShown ? { kind: "show", isShown: false } : undefined;
}

function lineAfterKey(key: string, { active, count, page }: TableKeyState, isCommand: boolean): number | undefined {
  if (key === "Home" || key === "End") {
    return key === "Home" ? 0 : count - 1;
  }
  if (isCommand) {
    return undefined;
  }
  switch (key) {
    case "ArrowDown":
      return active + 1;
    case "ArrowUp":
      return active - 1;
    case "PageDown":
      return active + page;
    case "PageUp":
      return active - page;
    default:
      return undefined;
  }
}
