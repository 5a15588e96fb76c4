import { useEffect, useState } from "react";
import { durationText } from "../ui/format-figures.ts";

/** Props of `Clock`. */
export interface ClockProps {
  /** When the call began, in milliseconds since 1970. */
  readonly startedAt: number;
}

const tickMs = 100;

/** How long a call has been running. */
export function Clock({ startedAt }: ClockProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return <>{durationText(Math.max(0, now - startedAt))}</>;
}
