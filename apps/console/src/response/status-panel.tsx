import type { Registry } from "@bufbuild/protobuf";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { CallStatus } from "../call/call.ts";
import { FoundText } from "../message/found-text.tsx";
import { DetailView } from "./details/detail-view.tsx";
import { statusFamily } from "./status-family.ts";
import classes from "./status-panel.module.css";
import { statusMeaning } from "./status-words.ts";

/** Props of `StatusPanel`. */
export interface StatusPanelProps {
  readonly status: CallStatus;
  readonly registry: Registry;
  /** When the call ended, in milliseconds since 1970. */
  readonly endedAt: number;
  /** Goes to a field of the request by its path; undefined where that can't be done. */
  readonly onGoToField: ((path: string) => void) | undefined;
  /** Makes the call again; undefined where that can't be done. */
  readonly onRetry: (() => void) | undefined;
}

/** A status that is not OK: its message, what it usually means, who ended the call, and its details. */
export function StatusPanel({ status, registry, endedAt, onGoToField, onRetry }: StatusPanelProps) {
  const { t } = useTranslation();
  const context = useMemo(() => ({ endedAt, onGoToField, onRetry }), [endedAt, onGoToField, onRetry]);
  return (
    <section
      className={classes.panel}
      data-family={statusFamily(status)}
      aria-label={t("response.status")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
      tabIndex={0}
    >
      <p className={classes.message}>
        {status.message === "" ? t("response.noMessage") : <FoundText text={status.message} />}
      </p>
      <p className={classes.meaning}>
        {t(`response.origin.${status.origin}`)} {statusMeaning(t, status)}
      </p>
      {status.details.map((detail, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: details have no identity but their place, and never move.
        <DetailView key={position} detail={detail} registry={registry} context={context} />
      ))}
    </section>
  );
}
