/** What comes out of a pipe. */
export interface PipeEnd {
  /** A piece, which is the reader's to keep. */
  onData(chunk: Uint8Array): void;
  /** Told once, behind the last piece. */
  onEnd(): void;
  /** After a `write` that gave false: there is room again. */
  onDrain(): void;
}

/** How much of what was written may wait for its reader, in bytes, before who writes has to wait. */
const maxHeldBytes = 65_536;

/**
 * One direction of an exchange within this process. What is written comes out at once, unless its reader has paused it.
 * A class, since every call makes two: its methods stand on the prototype.
 */
export class MemoryPipe {
  readonly #reader: PipeEnd;
  readonly #held: Uint8Array[] = [];
  #heldBytes = 0;
  #paused: boolean;
  #delivering = false;
  #blocked = false;
  #ended = false;
  #over = false;

  constructor(reader: PipeEnd, paused: boolean) {
    this.#reader = reader;
    this.#paused = paused;
  }

  /** Whether its end was delivered, or it was closed. */
  get over(): boolean {
    return this.#over;
  }

  /** False where the reader has to read first: then `onDrain` tells when there is room. */
  write(chunk: Uint8Array): boolean {
    if (this.#ended || this.#over) {
      return true;
    }
    this.#held.push(chunk);
    this.#heldBytes += chunk.byteLength;
    this.#deliver();
    this.#blocked = this.#heldBytes >= maxHeldBytes;
    return !this.#blocked;
  }

  end(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#deliver();
    }
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#deliver();
  }

  /** Drops what is held: nothing comes out any more. */
  close(): void {
    this.#over = true;
    this.#held.length = 0;
    this.#heldBytes = 0;
  }

  /** A reader that writes, pauses or resumes while it is told a piece gets the next one behind it. */
  #deliver(): void {
    if (this.#delivering) {
      return;
    }
    this.#delivering = true;
    for (let chunk = this.#take(); chunk !== undefined; chunk = this.#take()) {
      this.#reader.onData(chunk);
    }
    this.#delivering = false;
    if (this.#over) {
      return;
    }
    if (this.#ended && this.#held.length === 0) {
      this.#over = true;
      this.#reader.onEnd();
    } else if (this.#blocked && this.#heldBytes < maxHeldBytes) {
      this.#blocked = false;
      this.#reader.onDrain();
    }
  }

  #take(): Uint8Array | undefined {
    const chunk = this.#paused ? undefined : this.#held.shift();
    this.#heldBytes -= chunk?.byteLength ?? 0;
    return chunk;
  }
}
