/** Puts a text into the clipboard, waiting for it where it is still being made; answers whether the browser let it. */
export async function copyText(text: string | Promise<string>): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(await text);
    return true;
  } catch {
    return false;
  }
}
