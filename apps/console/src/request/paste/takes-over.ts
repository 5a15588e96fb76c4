import type { PasteReading } from "./paste-reading.ts";

/** Where in the editor a text is pasted. */
export interface PastePlace {
  /** Whether the paste replaces all there is: the editor is empty, or everything is selected. */
  readonly isWhole: boolean;
  /** Whether the caret stands within a JSON string. */
  readonly isInString: boolean;
}

/**
 * Whether a paste into the JSON editor is filled in as what it was understood as, rather than inserted as it is. JSON is
 * always inserted, and so is every text that is pasted into another one, unless it can be nothing but a command or bytes.
 */
export function takesOver(reading: PasteReading, { isWhole, isInString }: PastePlace): boolean {
  const isUseful = reading.text !== undefined || reading.method !== undefined;
  return reading.kind !== "json" && isUseful && !isInString && (isWhole || reading.isCertain);
}

/** Whether a text begins as only JSON does: a long one need not be read to know that it is inserted. */
export function beginsAsJson(text: string): boolean {
  return /^\s*[[{]\s*["[{\]}]/.test(text);
}
