import type { Registry } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import type { CallStatus } from "../call/call.ts";
import { StatusDetailView } from "./status-detail-view.tsx";
import { statusFamily } from "./status-family.ts";
import classes from "./status-panel.module.css";
import { statusMeaning } from "./status-words.ts";

/** Props of `StatusPanel`. */
export interface StatusPanelProps {
  readonly status: CallStatus;
  readonly registry: Registry;
}

/** A status that is not OK: its message, what it usually means, who ended the call, and its details. */
export function StatusPanel({ status, registry }: StatusPanelProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.panel} data-family={statusFamily(status)}>
      <p className={classes.message}>{status.message === "" ? t("response.noMessage") : status.message}</p>
      <p className={classes.meaning}>
        {t(`response.origin.${status.origin}`)} {statusMeaning(t, status)}
      </p>
      {status.details.map((detail, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: details have no identity but their place, and never move.
        <StatusDetailView key={position} detail={detail} registry={registry} />
      ))}
    </div>
  );
}
