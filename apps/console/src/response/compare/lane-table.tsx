import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { WireProtocol } from "../../call/wire-protocol.ts";
import { countText, durationText, sizeText } from "../../ui/format-figures.ts";
import { StatusBadge } from "../status-badge.tsx";
import { type AnswerLane, median } from "./answer-runs.ts";
import type { AnswerSnapshot } from "./answer-snapshot.ts";
import classes from "./lane-table.module.css";

/** Props of `LaneTable`. */
export interface LaneTableProps {
  readonly lanes: readonly AnswerLane[];
  /** The protocols that can't carry the call. */
  readonly missing: readonly WireProtocol[];
  readonly isRunning: boolean;
}

/** How the call went over each protocol, side by side. */
export function LaneTable({ lanes, missing, isRunning }: LaneTableProps) {
  const { t } = useTranslation();
  if (lanes.length === 0 && missing.length === 0) {
    return null;
  }
  const slowest = Math.max(1, ...lanes.flatMap(({ times }) => times));
  const row = (name: string, cell: (answer: AnswerSnapshot, lane: AnswerLane) => ReactNode) => (
    <tr>
      <th scope="row">{name}</th>
      {lanes.map((lane) => (
        <td key={lane.protocol}>{lane.answer === undefined ? (isRunning ? "…" : "–") : cell(lane.answer, lane)}</td>
      ))}
    </tr>
  );
  return (
    <div className={classes.frame}>
      {lanes.length === 0 ? null : (
        <table className={classes.table} aria-label={t("compare.table")}>
          <thead>
            <tr>
              <td />
              {lanes.map(({ protocol }) => (
                <th key={protocol} scope="col">
                  {t(`protocol.name.${protocol}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row(t("compare.row.status"), ({ status }) =>
              status === undefined ? t("compare.stopped") : <StatusBadge status={status} gloss="" />,
            )}
            {row(t("compare.row.time"), (_, { times }) => (
              <Times times={times} slowest={slowest} />
            ))}
            {row(t("compare.row.headersAfter"), ({ headersMs }) =>
              headersMs === undefined ? "–" : durationText(headersMs),
            )}
            {row(t("compare.row.messages"), ({ messageCount }) => countText(messageCount))}
            {row(t("compare.row.size"), ({ carriedBytes, compression }) =>
              compression === undefined ? sizeText(carriedBytes) : `${sizeText(carriedBytes)} ${compression}`,
            )}
            {row(t("compare.row.framing"), ({ framing }) => t(`compare.framing.${framing}`))}
            {row(t("compare.row.headers"), ({ headers }) => countText(headers.length))}
            {row(t("compare.row.trailers"), ({ trailers }) => countText(trailers.length))}
          </tbody>
        </table>
      )}
      {lanes
        .filter(({ protocol, answer }) => answer !== undefined && answer.protocol !== protocol)
        .map(({ protocol, answer }) => (
          <p key={protocol} className={classes.said}>
            {t("compare.carriedOtherwise", {
              wanted: t(`protocol.name.${protocol}`),
              used: t(`protocol.name.${answer?.protocol ?? protocol}`),
            })}
          </p>
        ))}
      {missing.map((protocol) => (
        <p key={protocol} className={classes.said}>
          {t("compare.notSpoken", { protocol: t(`protocol.name.${protocol}`) })}
        </p>
      ))}
    </div>
  );
}

/** The median of a lane's times, and each of them as a bar. */
function Times({ times, slowest }: { readonly times: readonly number[]; readonly slowest: number }) {
  const { t } = useTranslation();
  const middle = median(times);
  const all = times.map(durationText).join(", ");
  return (
    <span className={classes.times} title={t("compare.allTimes", { times: all })}>
      <span>{middle === undefined ? "–" : durationText(middle)}</span>
      <span className={classes.bars} aria-hidden="true">
        {times.map((ms, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a run has no name but its place.
          <span key={at} style={{ height: `${Math.max(8, (ms / slowest) * 100)}%` }} />
        ))}
      </span>
    </span>
  );
}
