import { type Logger, pino } from "pino";

/** Writes lines of the level `info`, as the logger would, at a small part of its cost. */
export interface LineLog {
  /**
   * Writes a line.
   *
   * @param fields what stands in the line's object: JSON members with a comma between them, without braces
   */
  write(fields: string): void;
}

/** The most lines that wait for others. */
const maxWaiting = 256;

/** How long a line may wait for others, in milliseconds. */
const maxDelayMs = 20;

/**
 * Creates the log of lines of which there are very many. Lines wait for others up to `maxDelayMs`, so that many leave
 * with one write. Nothing is written where the logger's level leaves `info` out.
 */
export function createLineLog(logger: Logger): LineLog {
  const { streamSym, timeSym, chindingsSym } = pino.symbols;
  // These are pino's own, exported for those who write beside it.
  const inner = logger as unknown as Record<symbol, unknown>;
  const stream = inner[streamSym] as { write(text: string): void };
  const time = inner[timeSym] as () => string;
  const bindings = inner[chindingsSym] as string;
  const prefix = `{"level":${logger.levels.values.info}`;
  let waiting: string[] = [];
  const flush = () => {
    const text = waiting.join("");
    waiting = [];
    if (text !== "") {
      stream.write(text);
    }
  };
  return {
    write(fields) {
      if (!logger.isLevelEnabled("info")) {
        return;
      }
      if (waiting.length === 0) {
        setTimeout(flush, maxDelayMs);
      }
      waiting.push(`${prefix}${time()}${bindings},${fields}}\n`);
      if (waiting.length >= maxWaiting) {
        flush();
      }
    },
  };
}
