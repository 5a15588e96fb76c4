/** What `startKeepalive` needs of a connection. */
export interface KeepaliveOptions {
  /** How long the server may be silent before it is asked, in milliseconds. */
  readonly intervalMs: number;
  /** How many bytes came from the server so far: whatever comes shows that it is alive. */
  bytesRead(): number;
  /** Whether anybody waits for the server; otherwise it is not asked. */
  isInUse(): boolean;
  /** Asks the server, and gives the connection up where it doesn't answer. */
  ask(): void;
}

/** Asks a server that says nothing whether it is alive. Call what it returns to stop. */
export function startKeepalive({ intervalMs, bytesRead, isInUse, ask }: KeepaliveOptions): () => void {
  let seen = bytesRead();
  const timer = setInterval(() => {
    const read = bytesRead();
    if (read === seen && isInUse()) {
      ask();
    }
    seen = read;
  }, intervalMs);
  return () => void clearInterval(timer);
}
