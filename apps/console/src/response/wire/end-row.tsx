import { useTranslation } from "react-i18next";
import type { CallState } from "../../call/call.ts";
import { countText } from "../../ui/format-figures.ts";
import classes from "./wire-panel.module.css";

/** Props of `EndRow`. */
export interface EndRowProps {
  readonly state: CallState;
}

/** How a call's protocol carried its end: the envelope, header fields or frame that held status and trailers. */
export function EndRow({ state: { protocol, method, trailers, phase } }: EndRowProps) {
  const { t } = useTranslation();
  if (phase.kind !== "closed" || trailers === undefined || protocol === undefined) {
    return null;
  }
  const isConnect = protocol === "connect-json" || protocol === "connect-binary";
  const way = !isConnect ? protocol : method?.methodKind === "unary" ? "connectUnary" : "connectStream";
  return (
    <p className={classes.end}>
      <span className={classes.arrow} aria-hidden="true">
        ↓
      </span>
      {t(`wire.end.${way}`, { count: countText(trailers.length) })}
    </p>
  );
}
