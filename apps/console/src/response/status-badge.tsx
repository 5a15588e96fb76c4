import type { CallStatus } from "../call/call.ts";
import classes from "./status-badge.module.css";
import { statusFamily } from "./status-family.ts";

/** Props of `StatusBadge`. */
export interface StatusBadgeProps {
  readonly status: Pick<CallStatus, "code" | "name">;
  /** The name's gloss in the page's language; empty for none. */
  readonly gloss: string;
  /** What the pointer tells of it. Default: nothing. */
  readonly hint?: string;
}

/** A status by its name and number, coloured by its family. */
export function StatusBadge({ status, gloss, hint }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-family={statusFamily(status)} title={hint}>
      <span className={classes.name}>{status.name}</span> {status.code}
      {gloss === "" ? null : <span className={classes.gloss}> {gloss}</span>}
    </span>
  );
}
