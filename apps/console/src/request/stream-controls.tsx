import { Button, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import { countText } from "../ui/format-figures.ts";
import { useSelected, useSnapshot } from "../ui/use-snapshot.ts";
import type { CallActions } from "./call-actions.ts";
import type { Draft } from "./draft.ts";
import { maxRepeatCount, parseRepeatCount } from "./repeat-count.ts";
import classes from "./stream-controls.module.css";

/** Props of `StreamControls`. */
export interface StreamControlsProps {
  readonly call: Call;
  readonly actions: CallActions;
  /** How many messages the text holds. */
  readonly messageCount: number;
  readonly draft: Draft;
  readonly onDraftChange: (change: Partial<Draft>) => void;
  readonly commandKey: string;
}

/** Sending on a stream: once, many times, and the half-close. */
export function StreamControls({ call, actions, messageCount, draft, onDraftChange, commandKey }: StreamControlsProps) {
  const { t } = useTranslation();
  const phase = useSelected(call, (state) => state.phase);
  const halfClosed = useSelected(call, (state) => state.halfClosed);
  const isRepeating = useSelected(actions.store, (state) => state.repeating !== undefined);
  const isRunning = phase.kind === "opening" || phase.kind === "open";
  const isSendable = isRunning && !halfClosed;
  const isCountWrong = parseRepeatCount(draft.repeat) === undefined;
  const sendLabel = isRunning ? t("action.sendMessage") : t("action.openAndSend");
  return (
    <div className={classes.bar} role="toolbar" aria-label={t("request.streamControls")}>
      <Button
        variant={isSendable ? "filled" : "default"}
        onClick={actions.sendMessages}
        disabled={isRunning && halfClosed}
        title={t("request.documents", { count: messageCount })}
        rightSection={isSendable ? <kbd>{commandKey} ⏎</kbd> : null}
      >
        {sendLabel}
      </Button>
      <div className={classes.repeat}>
        <Button variant="default" onClick={actions.sendRepeated} disabled={!isSendable || isRepeating}>
          {t("action.sendRepeated")}
        </Button>
        <TextInput
          className={classes.count}
          value={draft.repeat}
          onChange={(event) => onDraftChange({ repeat: event.currentTarget.value })}
          inputMode="numeric"
          aria-label={t("request.repeatCount")}
          title={isCountWrong ? t("request.repeatLimit", { limit: countText(maxRepeatCount) }) : undefined}
          error={isCountWrong}
        />
      </div>
      <Button
        variant="default"
        onClick={actions.halfClose}
        disabled={!isSendable}
        title={t("request.halfCloseHint")}
        rightSection={<kbd>{commandKey} ⇧ ⏎</kbd>}
      >
        {t("action.halfClose")}
      </Button>
      <SendProgress call={call} actions={actions} />
    </div>
  );
}

/** What is still to be sent. Apart from the controls, since it changes with each frame. */
function SendProgress({ call, actions }: Pick<StreamControlsProps, "call" | "actions">) {
  const { t } = useTranslation();
  const { repeating } = useSnapshot(actions.store);
  const queued = useSelected(call, (state) => (repeating === undefined ? state.queued : 0));
  if (repeating === undefined) {
    return queued === 0 ? null : <span className={classes.queued}>{t("request.queued", { count: queued })}</span>;
  }
  return (
    <div className={classes.progress}>
      <progress value={repeating.sent} max={repeating.total} aria-label={t("request.progress")} />
      <span>
        {t("request.progressCount", {
          sent: countText(repeating.sent),
          total: countText(repeating.total),
        })}
      </span>
      <Button variant="subtle" onClick={actions.stopRepeating}>
        {t("action.stopSending")}
      </Button>
    </div>
  );
}
