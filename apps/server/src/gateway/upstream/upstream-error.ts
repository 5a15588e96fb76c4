import { DialError, type DialStage } from "../dial/dial.ts";
import type { UpstreamFault } from "./upstream-fault.ts";
import { connectionLost } from "./upstream-faults.ts";

/** How far a connection gets: dialling, and then agreeing on HTTP. */
export type ConnectStage = DialStage | "http";

/** What a connection that fails rejects with. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly stage: ConnectStage;
  readonly fault: UpstreamFault;

  constructor(stage: ConnectStage, fault: UpstreamFault, cause?: unknown) {
    super(fault.message, { cause });
    this.stage = stage;
    this.fault = fault;
  }
}

/** The fault of a connection that could not be opened. */
export function faultOfConnecting(error: unknown): UpstreamFault {
  return error instanceof UpstreamError || error instanceof DialError ? error.fault : connectionLost;
}
