import { type DestinationStream, type LevelWithSilent, type Logger, pino } from "pino";

/** How much of the log may wait for a reader that is slow, in bytes; what comes then is dropped, and that is logged. */
const maxWaitingBytes = 16_777_216;

/**
 * Creates the log: one JSON object a line, on standard error unless told otherwise. Lines that come while others are
 * being written leave together with one write; when the process ends, what is left is written.
 */
export function createLogger(level: LevelWithSilent, destination?: DestinationStream): Logger {
  const options = { level, base: undefined, timestamp: createTimestamp() };
  if (destination !== undefined) {
    return pino(options, destination);
  }
  const standardError = pino.destination({ dest: 2, sync: false, maxLength: maxWaitingBytes });
  const logger = pino(options, standardError);
  let drops = 0;
  standardError.on("drop", () => {
    drops++;
  });
  standardError.on("drain", () => {
    if (drops > 0) {
      logger.warn({ writes: drops }, "lines were dropped, since nobody read the log fast enough");
      drops = 0;
    }
  });
  return logger;
}

/** Creates a function that gives the time as pino writes it. A text is made once for all lines of a millisecond. */
function createTimestamp(): () => string {
  let ms = 0;
  let text = "";
  return () => {
    const now = Date.now();
    if (now !== ms) {
      ms = now;
      text = `,"time":"${new Date(now).toISOString()}"`;
    }
    return text;
  };
}
