import type { DescMessage } from "@bufbuild/protobuf";
import { type ComponentType, createContext, useContext } from "react";
import type { CommentIndex } from "../../schema/comments.ts";
import type { Observable } from "../../ui/use-snapshot.ts";
import type { JsonDocument } from "../document/json-document.ts";
import type { JsonObjectTree } from "../document/json-tree.ts";
import type { ParkedValue } from "../parked-values.ts";
import type { FormSubject } from "./find-place.ts";
import type { FormEdit } from "./form-edits.ts";
import type { FormMemory } from "./form-memory.ts";
import type { FormPlace } from "./form-place.ts";
import type { PlacedIssues } from "./place-issues.ts";

/** Props of the part that shows the fields of one message. */
export interface MessageFieldsProps {
  /** Where the message stands. */
  readonly place: FormPlace;
  readonly desc: DescMessage;
  /** Undefined where the text is empty. */
  readonly tree: JsonObjectTree | undefined;
  /** How many messages are around it. */
  readonly depth: number;
  /** Whether the object is an `Any`, whose `@type` is no field. */
  readonly isAny?: boolean;
}

/** What the parts of a form share. The same object while the form is shown. */
export interface FormSession {
  readonly subject: FormSubject;
  readonly memory: FormMemory;
  readonly issues: Observable<PlacedIssues>;
  /** Shows the fields of a message: messages stand within messages. */
  readonly MessageFields: ComponentType<MessageFieldsProps>;
  /** The text as it is shown. */
  getDocument(): JsonDocument;
  getParked(): readonly ParkedValue[];
  /** Changes the text, by edits that each see what those before have done; and what is parked. */
  edit(edits: readonly FormEdit[], parked?: readonly ParkedValue[]): void;
  /** Focuses the first of these controls that is there, once what was changed is shown. */
  focusSoon(...ids: readonly string[]): void;
  /** Opens everything around a place, brings it into sight and focuses its control, or the one of this id. */
  reveal(place: FormPlace, id?: string): void;
  /** The id of the form's head, which takes the focus where nothing else is left. */
  readonly headId: string;
  /** Says something to screen readers, and below the form's head. */
  announce(text: string): void;
  /** Leads to a part of the text in the JSON editor. */
  showInJson(from: number, to: number): void;
}

const SessionContext = createContext<FormSession | undefined>(undefined);

/** Hands the session to the parts of a form. */
export const FormSessionProvider = SessionContext.Provider;

/** The session of the form around. */
export function useFormSession(): FormSession {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error("useFormSession() needs a FormSessionProvider around it");
  }
  return session;
}

const CommentsContext = createContext<CommentIndex | undefined>(undefined);

/** Hands the schema's comments to the parts of a form; they come later than the schema. */
export const CommentsProvider = CommentsContext.Provider;

/** The schema's comments; undefined while they are not there. */
export function useComments(): CommentIndex | undefined {
  return useContext(CommentsContext);
}
