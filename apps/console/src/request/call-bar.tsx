import { Button, NativeSelect, TextInput } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import { protocolsFor, wireProtocols } from "../call/wire-protocol.ts";
import { Icon } from "../ui/icon.tsx";
import { useSelected } from "../ui/use-snapshot.ts";
import type { CallActions } from "./call-actions.ts";
import classes from "./call-bar.module.css";
import { type CallSubject, readSettings, sendsMany } from "./check-draft.ts";
import type { Draft } from "./draft.ts";

/** Props of `CallBar`. */
export interface CallBarProps {
  readonly subject: CallSubject;
  readonly draft: Draft;
  readonly onDraftChange: (change: Partial<Draft>) => void;
  readonly call: Call;
  readonly actions: CallActions;
  /** What the platform calls its command key: `Ctrl` or `⌘`. */
  readonly commandKey: string;
}

/** How a call is made: protocol, deadline, and the button that begins or cancels it. */
export function CallBar({ subject, draft, onDraftChange, call, actions, commandKey }: CallBarProps) {
  const { t } = useTranslation();
  const phase = useSelected(call, (state) => state.phase);
  const { method, wires } = subject;
  const { deadline, protocol } = readSettings(draft, subject);
  const offered = protocolsFor(method, wires);
  const isRunning = phase.kind === "opening" || phase.kind === "open";
  const problem = deadline.kind === "refused" ? t(`deadline.problem.${deadline.problem}`) : undefined;
  return (
    <div className={classes.bar}>
      <NativeSelect
        className={classes.protocol}
        aria-label={t("protocol.label")}
        title={protocolHint(t, subject)}
        value={protocol}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          onDraftChange({ protocol: wireProtocols.find((known) => known === chosen) });
        }}
        data={wireProtocols.map((value) => ({
          value,
          label: t(`protocol.name.${value}`),
          disabled: !offered.includes(value),
        }))}
      />
      <div className={classes.deadline}>
        <TextInput
          value={draft.deadline}
          onChange={(event) => onDraftChange({ deadline: event.currentTarget.value })}
          aria-label={t("deadline.label")}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : "deadline-problem"}
          title={t("deadline.hint")}
          placeholder={t("deadline.none")}
          leftSection={<Icon name="clock" />}
          error={problem !== undefined}
          spellCheck={false}
        />
        {problem === undefined ? null : (
          <div id="deadline-problem" className={classes.problem} role="alert">
            {problem}
          </div>
        )}
      </div>
      {isRunning ? (
        <Button className={classes.action} variant="default" onClick={actions.cancel} rightSection={<kbd>Esc</kbd>}>
          {t("action.cancel")}
        </Button>
      ) : (
        <Button className={classes.action} onClick={actions.start} rightSection={<kbd>{commandKey} ⏎</kbd>}>
          {sendsMany(method) ? t("action.openStream") : t("action.send")}
        </Button>
      )}
    </div>
  );
}

function protocolHint(t: TFunction, { method, wires }: CallSubject): string {
  if (protocolsFor(method, wires).length === 0) {
    return t("protocol.none");
  }
  return sendsMany(method) ? t("protocol.onlyWebSocket") : t("protocol.label");
}
