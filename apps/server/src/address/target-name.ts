/** The name of this server's own services among the targets. */
export const localTargetName = "local";

/** What a target's name may be, as it completes the sentence "… is not …". */
export const targetNameAllowed = "a name of 1 to 64 letters A-Z and a-z, digits and . _ -, other than . and ..";

/** Whether a target can have this name, which is a part of paths; `local` is one too, though it is taken. */
export function isTargetName(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,64}$/.test(text) && text !== "." && text !== "..";
}
