/** A text as the address of a web page, as a browser reads it; undefined for every scheme but http and https. */
export function webAddress(text: string): string | undefined {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  return address?.protocol === "https:" || address?.protocol === "http:" ? address.href : undefined;
}
