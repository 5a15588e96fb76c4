import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { LazyMessageView } from "../message/lazy-message-view.tsx";
import { countText } from "../ui/format-figures.ts";
import { Split } from "../ui/split.tsx";
import { EventList } from "./event-list.tsx";
import { StreamToolbar } from "./stream-toolbar.tsx";
import classes from "./stream-view.module.css";
import { useStreamKeys } from "./use-stream-keys.ts";
import { useTimeline } from "./use-timeline.ts";

/** Props of `StreamView`. */
export interface StreamViewProps {
  readonly call: Call;
  readonly method: DescMethod;
  readonly registry: Registry;
  /** Shows a message as the wire carried it. */
  readonly onOpenWire: (event: MessageEvent) => void;
}

/** The messages of a stream in both directions, in their true order, and the selected one whole. */
export function StreamView({ call, method, registry, onOpenWire }: StreamViewProps) {
  const { t } = useTranslation();
  const timeline = useTimeline(call, method, registry);
  const { state, rows, newer, togglePause } = timeline;
  const [chosen, setChosen] = useState<{ readonly runId: number; readonly event: MessageEvent }>();
  const [isFollowing, setIsFollowing] = useState(true);
  const [share, setShare] = useState(0.58);
  const { log, runId } = state;
  const selected = chosen?.runId === runId ? chosen.event : answerOf(method, log);

  const select = (event: MessageEvent | undefined) => {
    if (event !== undefined) {
      setChosen({ runId, event });
      setIsFollowing(false);
    }
  };
  const step = (by: number) => {
    const at = chosen?.runId === runId ? rows.positionOf(chosen.event.index) : rows.length;
    select(rows.at(Math.min(rows.length - 1, Math.max(0, at + by))));
  };
  const toggleFollow = () => setIsFollowing((before) => !before);
  const onKey = useStreamKeys({ step, toggleFollow, togglePause });

  return (
    <div className={classes.view}>
      <StreamToolbar
        timeline={timeline}
        method={method}
        registry={registry}
        isFollowing={isFollowing}
        onToggleFollow={toggleFollow}
      />
      {log.dropped === 0 ? null : (
        <p className={classes.dropped}>{t("stream.dropped", { count: countText(log.dropped) })}</p>
      )}
      {newer === undefined || newer === 0 ? null : (
        <p className={classes.dropped}>{t("stream.paused", { count: countText(newer) })}</p>
      )}
      <div className={classes.split}>
        <Split
          direction="stacked"
          share={share}
          onShareChange={setShare}
          label={t("stream.resizeDetail")}
          first={
            <EventList
              rows={rows}
              log={log}
              method={method}
              registry={registry}
              selectedIndex={selected?.index}
              isFollowing={isFollowing && newer === undefined}
              onLeaveTail={() => setIsFollowing(false)}
              onSelect={select}
              onKey={onKey}
            />
          }
          second={
            <div className={classes.detail}>
              {selected === undefined ? (
                <p className={classes.none}>{t("stream.noneSelected")}</p>
              ) : (
                <LazyMessageView
                  key={selected.index}
                  desc={selected.direction === "sent" ? method.input : method.output}
                  message={selected.message}
                  wireBytes={selected.wireBytes}
                  registry={registry}
                  label={t("stream.selected", {
                    direction: t(`stream.direction.${selected.direction}`),
                    ordinal: countText(selected.ordinal),
                  })}
                  onShowWire={() => onOpenWire(selected)}
                />
              )}
            </div>
          }
        />
      </div>
    </div>
  );
}

/** The one answer to a client stream, which is shown without being selected. */
function answerOf(method: DescMethod, log: EventLog): MessageEvent | undefined {
  const last = log.at(log.length - 1);
  return method.methodKind === "client_streaming" && last?.direction === "received" ? last : undefined;
}
