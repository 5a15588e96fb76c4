import type { DescMethod } from "@bufbuild/protobuf";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { CallState } from "../call/call.ts";
import { countText, durationText, sizeText } from "../ui/format-figures.ts";
import { Clock } from "./clock.tsx";
import classes from "./response-summary.module.css";
import { RestoredMark } from "./restored-mark.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { statusGloss, statusMeaning } from "./status-words.ts";

/** Props of `ResponseSummary`. */
export interface ResponseSummaryProps {
  readonly state: CallState;
  /** The rate of a stream. */
  readonly meter: ReactNode;
}

/** One line on a call: its status or phase, how long it took, what went over the wire, and how it was carried. */
export function ResponseSummary({ state, meter }: ResponseSummaryProps) {
  const { t } = useTranslation();
  const { phase, startedAt, endedMs, sent, received, protocol, requestedProtocol } = state;
  // A method that takes one message is half-closed from the beginning, which tells nobody anything.
  const isHalfCloseTold = state.halfClosed && state.method !== undefined && takesStream(state.method);
  const isCarriedOtherwise =
    protocol !== undefined && requestedProtocol !== undefined && protocol !== requestedProtocol;
  return (
    <>
      <div className={classes.line}>
        {phase.kind === "closed" ? (
          <StatusBadge
            status={phase.status}
            gloss={statusGloss(t, phase.status)}
            hint={`${t(`response.origin.${phase.status.origin}`)} ${statusMeaning(t, phase.status)}`}
          />
        ) : (
          <span className={classes.phase} data-phase={phase.kind}>
            {t(`phase.${phase.kind}`)}
          </span>
        )}
        <span title={t("response.total")}>
          {phase.kind === "closed" ? durationText(endedMs ?? 0) : <Clock startedAt={startedAt ?? 0} />}
        </span>
        <span title={t("response.sentHint")}>
          <span aria-hidden="true">↑</span> {countText(sent.messages)} · {sizeText(sent.bytes)}
        </span>
        <span title={t("response.receivedHint")}>
          <span aria-hidden="true">↓</span> {countText(received.messages)} · {sizeText(received.bytes)}
        </span>
        {meter}
        {isHalfCloseTold && phase.kind !== "closed" ? <span>{t("response.halfClosed")}</span> : null}
        {protocol === undefined ? null : (
          <span className={classes.protocol} title={t(`protocol.name.${protocol}`)}>
            {t(`protocol.name.${protocol}`)}
          </span>
        )}
      </div>
      {state.restored === undefined ? null : <RestoredMark restored={state.restored} />}
      {isCarriedOtherwise ? <p className={classes.notice}>{t("response.carriedByWebSocket")}</p> : null}
    </>
  );
}

function takesStream({ methodKind }: DescMethod): boolean {
  return methodKind === "client_streaming" || methodKind === "bidi_streaming";
}
