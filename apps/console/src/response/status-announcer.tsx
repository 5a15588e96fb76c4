import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import { durationText } from "../ui/format-figures.ts";
import { useSelected } from "../ui/use-snapshot.ts";
import hidden from "../ui/visually-hidden.module.css";
import { statusGloss } from "./status-words.ts";

/** Props of `StatusAnnouncer`. */
export interface StatusAnnouncerProps {
  readonly call: Call;
  /** The method's name. */
  readonly name: string;
}

/** Has screen readers say once how a call ended. */
export function StatusAnnouncer({ call, name }: StatusAnnouncerProps) {
  const { t } = useTranslation();
  const phase = useSelected(call, (state) => state.phase);
  const endedMs = useSelected(call, (state) => state.endedMs);
  const isRestored = useSelected(call, (state) => state.restored !== undefined);
  const words =
    phase.kind === "closed" && !isRestored
      ? t("response.announce", {
          name,
          status: `${phase.status.name} ${statusGloss(t, phase.status)}`.trim(),
          code: phase.status.code,
          time: durationText(endedMs ?? 0),
        })
      : "";
  return (
    <div role="status" className={hidden.hidden}>
      {words}
    </div>
  );
}
