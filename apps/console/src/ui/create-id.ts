/** An identifier that no other of this page's has. Unlike `crypto.randomUUID`, works on pages served without TLS. */
export function createId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("-");
}
