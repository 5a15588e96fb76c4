/** Has the browser save `content` as a file. */
export function saveFile(name: string, content: string | Uint8Array): void {
  const part = typeof content === "string" ? content : new Uint8Array(content);
  const address = URL.createObjectURL(new Blob([part]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has begun by the time the next task runs.
  setTimeout(() => URL.revokeObjectURL(address));
}
