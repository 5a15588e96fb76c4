import { type DestinationStream, type LevelWithSilent, type Logger, pino } from "pino";

/** Creates the log: one JSON object a line, on standard error unless told otherwise. */
export function createLogger(level: LevelWithSilent, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
