import type { CallStatus } from "../call/call.ts";

/** Whose affair a status is, which gives it its colour. */
export type StatusFamily = "ok" | "caller" | "server" | "stopped";

const serverFaults: ReadonlySet<string> = new Set(["UNKNOWN", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"]);

/** The family of a status: OK, the caller's fault, the server's fault, or a call that was stopped before its end. */
export function statusFamily({ code, name }: Pick<CallStatus, "code" | "name">): StatusFamily {
  if (code === 0) {
    return "ok";
  }
  if (name === "CANCELLED" || name === "DEADLINE_EXCEEDED") {
    return "stopped";
  }
  return serverFaults.has(name) ? "server" : "caller";
}
