import { type DestinationStream, type LevelWithSilent, type Logger, pino } from "pino";

/**
 * Creates the log: one JSON object a line, on standard error unless told otherwise. Lines that come while others are being
 * written leave together with one write; when the process ends, what is left is written.
 */
export function createLogger(
  level: LevelWithSilent,
  destination: DestinationStream = pino.destination({ dest: 2, sync: false }),
): Logger {
  return pino({ level, base: undefined, timestamp: createTimestamp() }, destination);
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
