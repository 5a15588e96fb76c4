import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { Tabs } from "@mantine/core";
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoreApi } from "zustand/vanilla";
import type { Call } from "../call/call.ts";
import type { ServerWire } from "../call/wire-protocol.ts";
import type { CommentIndex } from "../schema/comments.ts";
import tabs from "../ui/tabs.module.css";
import { useSelected } from "../ui/use-snapshot.ts";
import type { CallActions } from "./call-actions.ts";
import { checkOptionsFor, checkRow, isStream, readSettings, sendsMany } from "./check-draft.ts";
import type { DraftReader } from "./document/draft-reader.ts";
import { locateField } from "./document/locate-field.ts";
import type { Draft } from "./draft.ts";
import type { EditorHandle } from "./editor/editor-handle.ts";
import type { EditorMemory } from "./editor/editor-memory.ts";
import { JsonEditor } from "./editor/json-editor.tsx";
import { EditorTools } from "./editor-tools.tsx";
import type { FormHandle } from "./form/message-form.tsx";
import type { JsonIssue } from "./json/json-issue.ts";
import { countChosen } from "./options/draft-options.ts";
import type { PasteDesk } from "./paste/paste-desk.ts";
import type { PasteReading } from "./paste/paste-reading.ts";
import { PasteSection } from "./paste/paste-section.tsx";
import { ProblemList } from "./problem-list.tsx";
import { RefusalNote } from "./refusal-note.tsx";
import classes from "./request-pane.module.css";
import { RuleProblem } from "./rules/rule-problem.tsx";
import type { RuleWatch } from "./rules/rule-watch.ts";
import type { ServerRefusals } from "./rules/server-refusals.ts";
import { useFieldIssues } from "./rules/use-field-issues.ts";
import { StreamControls } from "./stream-controls.tsx";

const MessageForm = lazy(async () => ({ default: (await import("./form/message-form.tsx")).MessageForm }));
const MetadataEditor = lazy(async () => ({ default: (await import("./metadata/metadata-editor.tsx")).MetadataEditor }));
const OptionsPanel = lazy(async () => ({ default: (await import("./options/options-panel.tsx")).OptionsPanel }));

/** How a message is edited: field by field, or as JSON. Both show the same text. */
export type MessageView = "form" | "json";

/** Props of `RequestPane`. */
export interface RequestPaneProps {
  readonly method: DescMethod;
  readonly registry: Registry;
  /** What the server speaks. */
  readonly wires: ReadonlySet<ServerWire>;
  readonly comments: CommentIndex | undefined;
  readonly draft: Draft;
  readonly onDraftChange: (change: Partial<Draft>) => void;
  readonly view: MessageView;
  readonly onViewChange: (view: MessageView) => void;
  readonly call: Call;
  readonly actions: CallActions;
  readonly memory: EditorMemory;
  readonly reader: DraftReader;
  readonly rules: RuleWatch;
  readonly refusals: StoreApi<ServerRefusals>;
  /** Where pasted things are filled in. */
  readonly desk: PasteDesk;
  /** Opens the method that a pasted command calls, and fills the reading in there. */
  readonly onOpenMethod: (reading: PasteReading) => void;
  readonly nonce: string;
  readonly commandKey: string;
  readonly ref?: Ref<RequestHandle>;
}

/** What the rest of the page does with the request. */
export interface RequestHandle {
  /**
   * Leads to a field of the first message by its path, as in `user.emails[2]`, in the view that is shown: to its value, to
   * where it would stand, or else to the message.
   */
  goToField(path: string): void;
}

/** What is sent: messages, in a form or as JSON, and metadata. Streams that send have their controls below. */
export function RequestPane(props: RequestPaneProps) {
  const { method, registry, wires, draft, onDraftChange, view, onViewChange } = props;
  const { call, actions, memory, reader, rules, refusals } = props;
  const { t } = useTranslation();
  const editor = useRef<EditorHandle>(null);
  const form = useRef<FormHandle>(null);
  const toSelect = useRef<Pick<JsonIssue, "from" | "to">>(undefined);
  // What is shown in the message's stead.
  const [aside, setAside] = useState<"metadata" | "options">();
  const pane = useRef<HTMLElement>(null);
  const refused = useSelected(actions.store, (state) => state.refused);
  const options = checkOptionsFor(method, registry);
  const { document, issues, messageCount } = reader.read(draft.text, options);
  const fieldIssues = useFieldIssues({ rules, refusals, reader, document, options });
  const told = fieldIssues.length === 0 ? issues : sortIssues([...issues, ...fieldIssues]);
  const metadataProblems = draft.metadata.filter((row) => checkRow(row) !== undefined).length;
  const metadataCount = draft.metadata.filter(({ isEnabled, name }) => isEnabled && name !== "").length;
  const settings = readSettings(draft, { method, wires });
  const chosen = countChosen(draft.options);
  const firstIssue = issues[0];

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new attempt moves the focus.
  useEffect(() => {
    if (refused?.reason === "text") {
      setAside(undefined);
      if (firstIssue !== undefined) {
        form.current?.goTo(firstIssue);
        editor.current?.select(firstIssue.from, firstIssue.to);
      }
    } else if (refused?.reason === "metadata") {
      setAside("metadata");
    } else if (refused?.reason === "options") {
      setAside("options");
    }
  }, [refused]);

  useImperativeHandle(props.ref, () => ({
    goToField(path) {
      const find = (field: string) => locateField(document, options, 0, { field });
      const place = find(path) ?? find("") ?? { from: 0, to: 0 };
      setAside(undefined);
      form.current?.goTo({ ...place, kind: "server", values: {} });
      editor.current?.select(place.from, place.to);
    },
  }));

  useEffect(() => {
    if (view === "json" && toSelect.current !== undefined) {
      editor.current?.select(toSelect.current.from, toSelect.current.to);
      toSelect.current = undefined;
    }
  }, [view]);

  const showTab = (tab: string | null) => {
    setAside(tab === "metadata" || tab === "options" ? tab : undefined);
    if (tab === "form" || tab === "json") {
      onViewChange(tab);
    }
  };
  const showInJson = (from: number, to: number) => {
    toSelect.current = { from, to };
    onViewChange("json");
  };
  const problems = told.length === 0 ? null : <Count value={told.length} isBad />;

  return (
    <section ref={pane} tabIndex={-1} className={classes.pane} aria-label={t("request.label")}>
      <Tabs value={aside ?? view} onChange={showTab} keepMounted classNames={tabs}>
        <div className={tabs.bar}>
          <Tabs.List aria-label={t("request.label")}>
            <Tabs.Tab value="form" rightSection={view === "form" ? problems : null}>
              {t("request.form")}
            </Tabs.Tab>
            <Tabs.Tab value="json" rightSection={view === "json" ? problems : null}>
              {t("request.json")}
            </Tabs.Tab>
            <Tabs.Tab
              value="metadata"
              rightSection={
                metadataCount === 0 ? null : (
                  <Count value={metadataProblems || metadataCount} isBad={metadataProblems > 0} />
                )
              }
            >
              {t("metadata.label")}
            </Tabs.Tab>
            <Tabs.Tab
              value="options"
              rightSection={chosen === 0 ? null : <Count value={chosen} isBad={settings.hasOptionProblem} />}
              title={chosen === 0 ? undefined : t("options.chosen", { count: chosen })}
            >
              {t("options.label")}
            </Tabs.Tab>
          </Tabs.List>
          <EditorTools
            method={method}
            registry={registry}
            draft={draft}
            issues={issues}
            onDraftChange={onDraftChange}
            onPaste={props.desk.openPanel}
          />
        </div>
        <Tabs.Panel value="form">
          {view === "form" ? (
            <Suspense fallback={null}>
              <MessageForm
                ref={form}
                document={document}
                parked={draft.parked}
                input={method.input}
                registry={registry}
                many={sendsMany(method)}
                comments={props.comments}
                issues={told}
                memory={memory}
                onChange={onDraftChange}
                onShowInJson={showInJson}
                label={t("form.label")}
              />
              <RuleProblem rules={rules} />
            </Suspense>
          ) : null}
        </Tabs.Panel>
        <Tabs.Panel value="json">
          {view === "json" ? (
            <>
              <JsonEditor
                ref={editor}
                text={draft.text}
                document={document}
                onTextChange={(text) => onDraftChange({ text })}
                method={method}
                registry={registry}
                issues={told}
                comments={props.comments}
                memory={memory}
                desk={props.desk}
                nonce={props.nonce}
                label={t("request.editor")}
              />
              <RuleProblem rules={rules} />
              <ProblemList
                text={draft.text}
                issues={told}
                onGoTo={({ from, to }) => editor.current?.select(from, to)}
              />
            </>
          ) : null}
        </Tabs.Panel>
        <Tabs.Panel value="metadata">
          <Suspense fallback={null}>
            <MetadataEditor rows={draft.metadata} onRowsChange={(metadata) => onDraftChange({ metadata })} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="options">
          <Suspense fallback={null}>
            <OptionsPanel
              options={draft.options}
              onOptionsChange={(options) => onDraftChange({ options })}
              protocol={settings.protocol}
              isUnary={!isStream(method)}
            />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <RefusalNote refused={refused} onSendAnyway={actions.sendAnyway} />
      <PasteSection desk={props.desk} draft={draft} pane={pane} onOpenMethod={props.onOpenMethod} />
      {sendsMany(method) ? (
        <StreamControls
          call={call}
          actions={actions}
          messageCount={messageCount}
          draft={draft}
          onDraftChange={onDraftChange}
          commandKey={props.commandKey}
        />
      ) : null}
    </section>
  );
}

function sortIssues(issues: readonly JsonIssue[]): readonly JsonIssue[] {
  return issues.toSorted((a, b) => a.from - b.from);
}

function Count({ value, isBad }: { readonly value: number; readonly isBad: boolean }) {
  return (
    <span className={tabs.count} data-bad={isBad || undefined}>
      {value}
    </span>
  );
}
