import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import { countText } from "../ui/format-figures.ts";
import { useSelected } from "../ui/use-snapshot.ts";
import classes from "./rate-meter.module.css";

/** Props of `RateMeter`. */
export interface RateMeterProps {
  readonly call: Call;
}

const sampleMs = 1_000;
const maxSamples = 40;
const width = 64;
const height = 14;

/** Messages received per second while a stream is open, now and over the last forty seconds. */
export function RateMeter({ call }: RateMeterProps) {
  const { t } = useTranslation();
  const phase = useSelected(call, (state) => state.phase);
  const [rates, setRates] = useState<readonly number[]>([]);
  const isOpen = phase.kind === "open";
  useEffect(() => {
    if (!isOpen) {
      return;
    }
    setRates([]);
    let last = call.getState().received.messages;
    const timer = setInterval(() => {
      const { messages } = call.getState().received;
      const rate = messages - last;
      last = messages;
      setRates((before) => [...before.slice(1 - maxSamples), rate]);
    }, sampleMs);
    return () => clearInterval(timer);
  }, [call, isOpen]);
  if (!isOpen) {
    return null;
  }
  const most = Math.max(1, ...rates);
  const points = rates.map(
    (rate, at) => `${(at / (maxSamples - 1)) * width},${height - 1 - (rate / most) * (height - 2)}`,
  );
  return (
    <span className={classes.meter} title={t("stream.rateHint")}>
      <span className={classes.rate}>{t("stream.perSecond", { rate: countText(rates.at(-1) ?? 0) })}</span>
      <svg className={classes.line} viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        <polyline points={points.join(" ")} />
      </svg>
    </span>
  );
}
