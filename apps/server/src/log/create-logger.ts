import { type DestinationStream, type Logger, pino } from "pino";
import type { LogLevel } from "../config/value-kinds.ts";

/** Creates the log: one JSON object a line, on standard error unless told otherwise. */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
