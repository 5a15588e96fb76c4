import { type CompileError, errorWithoutPlace } from "./proto-file.ts";

/** The most errors that are told. */
const maxErrors = 200;

/** The longest line that is told as it is, in UTF-16 units. */
const maxMessageLength = 1_000;

/**
 * Reads what the compiler complained about: a JSON object a line, or text.
 *
 * @param originalPath the path as it was given, by that which the compiler knows
 */
export function parseComplaints(complaints: string, originalPath: (path: string) => string): CompileError[] {
  const lines = complaints.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.slice(0, maxErrors).map((line) => parseLine(line, originalPath));
  const left = lines.length - errors.length;
  return left === 0 ? errors : [...errors, errorWithoutPlace(`and ${left} more`)];
}

function parseLine(line: string, originalPath: (path: string) => string): CompileError {
  const fields = parseFields(line);
  if (fields === undefined) {
    return errorWithoutPlace(line.replace(/^Failure: /, "").slice(0, maxMessageLength));
  }
  const { path, message, start_line: startLine, start_column: startColumn } = fields;
  return {
    path: typeof path === "string" ? originalPath(path) : "",
    line: typeof startLine === "number" ? startLine : 0,
    column: typeof startColumn === "number" ? startColumn : 0,
    message: typeof message === "string" ? message.slice(0, maxMessageLength) : "",
  };
}

/** See `buf build --error-format json`. */
interface Complaint {
  path?: unknown;
  message?: unknown;
  start_line?: unknown;
  start_column?: unknown;
}

function parseFields(line: string): Complaint | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
