import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../call/call.ts";
import type { EventLog, MessageEvent } from "../../call/event-log.ts";
import { countText } from "../../ui/format-figures.ts";
import { Split } from "../../ui/split.tsx";
import { useSnapshot } from "../../ui/use-snapshot.ts";
import { EndRow } from "./end-row.tsx";
import { newestOf } from "./envelope.ts";
import { EnvelopeList } from "./envelope-list.tsx";
import { UndecodedRow } from "./undecoded-row.tsx";
import { WireMessageView } from "./wire-message-view.tsx";
import classes from "./wire-panel.module.css";

/** Props of `WirePanel`. */
export interface WirePanelProps {
  readonly call: Call;
  readonly method: DescMethod;
  readonly registry: Registry;
  /** The message that is shown first. Default: the newest that came, be it one that could not be decoded. */
  readonly shown: WirePlace | undefined;
}

/** A message of a run. */
export interface WirePlace {
  readonly runId: number;
  /** Its index among all messages of the call. */
  readonly index: number;
}

/** The messages of a call as the wire carried them: each envelope, and the chosen one byte by byte. */
export function WirePanel({ call, method, registry, shown }: WirePanelProps) {
  const { t } = useTranslation();
  const state = useSnapshot(call);
  const { log, runId, undecoded } = state;
  const [chosen, setChosen] = useState(shown);
  const [asked, setAsked] = useState(shown);
  const [share, setShare] = useState<number>();
  if (asked !== shown) {
    setAsked(shown);
    setChosen(shown);
  }
  const picked = chosen?.runId === runId ? eventAt(log, chosen.index) : undefined;
  const event = picked ?? (undecoded === undefined ? newestOf(log) : undefined);
  const ownShare = method.methodKind === "unary" ? 0.2 : 0.3;
  const isGone = chosen?.runId === runId && chosen.index < log.dropped;
  return (
    <div className={classes.panel}>
      <Split
        direction="stacked"
        share={share ?? ownShare}
        onShareChange={setShare}
        label={t("wire.resizeList")}
        first={
          <div className={classes.envelopes}>
            <EnvelopeList log={log} selected={event} onSelect={({ index }) => setChosen({ runId, index })} />
            {undecoded === undefined ? null : (
              <UndecodedRow wire={undecoded} isSelected={event === undefined} onSelect={() => setChosen(undefined)} />
            )}
            <EndRow state={state} />
          </div>
        }
        second={
          <div className={classes.detail}>
            {isGone ? <p className={classes.said}>{t("wire.gone", { index: countText(chosen.index + 1) })}</p> : null}
            {event === undefined && undecoded !== undefined ? (
              <WireMessageView
                key={`${runId}.undecoded`}
                wire={undecoded}
                desc={method.output}
                registry={registry}
                fileName={`${method.name}-received`}
              />
            ) : event === undefined ? (
              <p className={classes.said}>{t("wire.none")}</p>
            ) : event.wire === undefined ? (
              <p className={classes.said}>{t("wire.notKept")}</p>
            ) : (
              <WireMessageView
                key={`${runId}.${event.index}`}
                wire={event.wire}
                desc={event.direction === "sent" ? method.input : method.output}
                registry={registry}
                fileName={`${method.name}-${event.direction}-${event.ordinal}`}
              />
            )}
          </div>
        }
      />
    </div>
  );
}

function eventAt(log: EventLog, index: number): MessageEvent | undefined {
  return log.at(index - log.dropped);
}
