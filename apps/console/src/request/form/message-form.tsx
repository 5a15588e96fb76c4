import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { createStore } from "zustand/vanilla";
import type { CommentIndex } from "../../schema/comments.ts";
import { applyEdits } from "../document/apply-edits.ts";
import type { JsonDocument } from "../document/json-document.ts";
import { updateDocument } from "../document/update-document.ts";
import type { Draft } from "../draft.ts";
import type { EditorMemory } from "../editor/editor-memory.ts";
import type { JsonIssue } from "../json/json-issue.ts";
import classes from "./form.module.css";
import { FormHead, useGoTo } from "./form-head.tsx";
import { createFormMemory, type FormMemory, reveal } from "./form-memory.ts";
import { CommentsProvider, type FormSession, FormSessionProvider } from "./form-session.ts";
import { MessageFields } from "./message-fields.tsx";
import { MessageList } from "./message-list.tsx";
import { type PlacedIssues, placeIssues } from "./place-issues.ts";

/** Props of `MessageForm`. */
export interface MessageFormProps {
  /** The draft's text, read. */
  readonly document: JsonDocument;
  readonly parked: Draft["parked"];
  /** The type of each message. */
  readonly input: DescMessage;
  readonly registry: Registry;
  /** Whether the text may hold any number of messages. */
  readonly many: boolean;
  readonly comments: CommentIndex | undefined;
  /** What is wrong with the text. */
  readonly issues: readonly JsonIssue[];
  /** Keeps what is open, filtered and undone while the form is not shown. */
  readonly memory: EditorMemory;
  readonly onChange: (change: Partial<Pick<Draft, "text" | "parked">>) => void;
  /** Leads to a part of the text in the JSON editor. */
  readonly onShowInJson: (from: number, to: number) => void;
  /** The form's accessible name. */
  readonly label: string;
  readonly ref?: Ref<FormHandle>;
}

/** What the request pane does with the form. */
export interface FormHandle {
  /** Leads to where an issue is shown, and focuses it. */
  goTo(issue: JsonIssue): void;
}

/** A form of the messages in a JSON text: a projection of the text onto their schema. All it does is to edit the text. */
export function MessageForm(props: MessageFormProps) {
  const { document, issues, comments, label, ref } = props;
  const prefix = useId();
  const [notice, setNotice] = useState("");
  const memory = useFormMemory(props, prefix);
  const placed = useRef<PlacedIssues>(undefined);
  placed.current = useMemo(() => placeIssues(document, issues, placed.current), [document, issues]);
  const session = useSession({ props, memory, placed: placed.current, announce: setNotice, headId: `${prefix}-head` });
  const onKeyDown = useHistoryKeys(props, memory, setNotice);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a form element would be sent by the Enter key.
    <div
      className={classes.form}
      role="form"
      aria-label={label}
      data-form-scroll
      onKeyDown={onKeyDown}
      onInput={() => setNotice("")}
    >
      <FormSessionProvider value={session}>
        <CommentsProvider value={comments}>
          <GoTo document={document} ref={ref} />
          <FormHead document={document} issues={issues} notice={notice} />
          <MessageList document={document} />
        </CommentsProvider>
      </FormSessionProvider>
    </div>
  );
}

function GoTo({ document, ref }: Pick<MessageFormProps, "document" | "ref">) {
  const goTo = useGoTo(document);
  useImperativeHandle(ref, () => ({ goTo }));
  return null;
}

/** The memory of the form, made anew where the schema has changed: its places are places of another type then. */
function useFormMemory({ memory, input, registry, many }: MessageFormProps, prefix: string): FormMemory {
  return useMemo(() => {
    const known = memory.form;
    if (known?.subject.input === input && known.subject.registry === registry && known.subject.many === many) {
      return known;
    }
    const created = createFormMemory({ input, registry, many }, prefix);
    memory.form = created;
    return created;
  }, [memory, input, registry, many, prefix]);
}

interface SessionOptions {
  readonly props: MessageFormProps;
  readonly memory: FormMemory;
  readonly placed: PlacedIssues;
  readonly announce: (text: string) => void;
  readonly headId: string;
}

/** What the form's parts share: made once, and reaching what is newest. */
function useSession({ props, memory, placed, announce, headId }: SessionOptions): FormSession {
  const latest = useRef(props);
  latest.current = props;
  const [issues] = useState(() => createStore<PlacedIssues>(() => placed));
  useEffect(() => issues.setState(placed, true), [issues, placed]);
  return useMemo(() => {
    const { subject, view } = memory;
    return {
      subject,
      memory,
      issues,
      MessageFields,
      headId,
      announce,
      getDocument: () => latest.current.document,
      getParked: () => latest.current.parked,
      edit(edits, parked) {
        const before = latest.current;
        const document = edits.reduce((current, edit) => {
          const changes = edit(current, subject);
          return changes.length === 0 ? current : updateDocument(current, applyEdits(current.text, changes));
        }, before.document);
        const change = parked === undefined ? { text: document.text } : { text: document.text, parked };
        // A second edit may come before the first one is shown.
        latest.current = { ...before, document, parked: parked ?? before.parked };
        before.onChange(change);
      },
      // React shows a change behind the event that has brought it about, and before the next.
      focusSoon: (...ids) => queueMicrotask(() => focusSoon(ids)),
      reveal(place, id = place.id) {
        reveal(view, place);
        queueMicrotask(() => focusSoon([id]));
      },
      showInJson: (from, to) => latest.current.onShowInJson(from, to),
    };
  }, [memory, issues, headId, announce]);
}

/** How many frames a control may take to appear. */
const framesToWait = 20;

/** Focuses the first of these controls that can take the focus, as soon as one can; the last ones stand in for the first. */
function focusSoon(ids: readonly string[], frames = framesToWait): void {
  if (!focusFirst(ids) && frames > 0) {
    requestAnimationFrame(() => focusSoon(ids, frames - 1));
  }
}

function focusFirst(ids: readonly string[]): boolean {
  const elements = ids.map((id) => window.document.getElementById(id));
  const element = elements.find((one) => one !== null && !one.matches(":disabled"));
  element?.focus();
  element?.scrollIntoView({ block: "nearest" });
  return element !== undefined;
}

/** Undoes and does again what was changed, in the form or elsewhere. */
function useHistoryKeys(
  { document, onChange }: MessageFormProps,
  { history }: FormMemory,
  announce: (text: string) => void,
) {
  const { t } = useTranslation();
  // What was changed elsewhere while the form was not shown is one step.
  useEffect(() => history.pause(), [history]);
  useEffect(() => history.note(document.text, performance.now()), [document.text, history]);
  useEffect(() => history.pause(), [history]);
  return (event: KeyboardEvent) => {
    const isUndo = event.key.toLowerCase() === "z" && !event.shiftKey;
    const isRedo = (event.key.toLowerCase() === "z" && event.shiftKey) || event.key.toLowerCase() === "y";
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !(isUndo || isRedo)) {
      return;
    }
    event.preventDefault();
    const text = isUndo ? history.undo() : history.redo();
    if (text === undefined) {
      announce(isUndo ? t("form.nothingToUndo") : t("form.nothingToRedo"));
    } else {
      onChange({ text });
    }
  };
}
