import type { DescField, DescMessage } from "@bufbuild/protobuf";

/** A path that could be added to a mask. */
export interface MaskPath {
  /** As proto files write it: `address.postal_code`. */
  readonly path: string;
  readonly field: DescField;
}

/** The paths of a `google.protobuf.FieldMask` in its JSON form, as they stand there. */
export function splitMask(text: string): readonly string[] {
  return text === "" ? [] : text.split(",");
}

/** A path of the JSON form as proto files write it: `address.postalCode` is `address.postal_code`. */
export function toProtoPath(path: string): string {
  return path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A path as proto files write it in the JSON form; one that is in the JSON form already stays. */
export function toJsonPath(path: string): string {
  return path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether the JSON form can hold a path: one with capitals, or with `_` before anything but a letter, has none. */
export function hasJsonPath(path: string): boolean {
  return !/[A-Z]|_(?![a-z])/.test(path);
}

/**
 * The message types whose paths a mask in `holder` may name, the likeliest first: those of the message fields beside the
 * mask (as in `UpdateBookRequest`, whose mask is about its `book`), then `holder` itself.
 */
export function maskRoots(holder: DescMessage): readonly DescMessage[] {
  const beside = holder.fields
    .filter(({ fieldKind }) => fieldKind === "message")
    .flatMap(({ message }) =>
      message === undefined || message.typeName.startsWith("google.protobuf.") ? [] : [message],
    );
  return [...new Set([...beside, holder])];
}

/**
 * The paths of `root` that go on from what was typed, in the schema's order: the fields of the message that the part before
 * the last dot names, as far as their names hold the part behind it. Opens one level alone, so that types may be recursive.
 */
export function completeMaskPath(root: DescMessage, typed: string): readonly MaskPath[] {
  const steps = toProtoPath(typed.trim()).split(".");
  const wanted = steps.pop() ?? "";
  let at: DescMessage | undefined = root;
  for (const step of steps) {
    const field: DescField | undefined = at?.fields.find(({ name }) => name === step);
    // Of a list or a map only the whole can be named.
    at = field?.fieldKind === "message" ? field.message : undefined;
  }
  const before = steps.map((step) => `${step}.`).join("");
  return (at?.fields ?? [])
    .filter(({ name }) => name.includes(wanted))
    .sort((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)))
    .map((field) => ({ path: before + field.name, field }));
}

/** Whether a path names a field of one of `roots`, or of a message within. */
export function isKnownPath(roots: readonly DescMessage[], path: string): boolean {
  return roots.some((root) => completeMaskPath(root, path).some((found) => found.path === path));
}
