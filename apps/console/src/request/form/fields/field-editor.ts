import type { DescExtension, DescField, DescMessage, Registry } from "@bufbuild/protobuf";
import type { ComponentType, ReactNode } from "react";
import type { CommentIndex } from "../../../schema/comments.ts";
import type { JsonTree } from "../../document/json-tree.ts";
import type { FieldValueType } from "../field-value-type.ts";

/** The editor of one value. It keeps nothing of what is typed: a half-typed number is the JSON string of its characters. */
export type FieldEditor = ComponentType<FieldEditorProps>;

/** Props of every `FieldEditor`. All but `onChange`, `onRemove` and `renderMessage` decide what it shows. */
export interface FieldEditorProps {
  /** The id of its main control: the form's label points to it, and the form focuses it by it. */
  readonly id: string;
  /** The accessible name of its main control; the names of other controls add to it. */
  readonly label: string;
  /** Undefined where there is none: the member is absent, or is a `null` that stands for nothing. */
  readonly value: JsonTree | undefined;
  /** The value's own characters in the text; empty where it is absent. */
  readonly text: string;
  /** What the value must be. */
  readonly type: FieldValueType;
  /** The field that the value, the item or the map's value belongs to; undefined for a whole message and a map's key. */
  readonly field: DescField | DescExtension | undefined;
  /** Types that an `Any` can hold. */
  readonly registry: Registry;
  readonly comments: CommentIndex | undefined;
  /** What an absent value counts as, in the words of the field's type; shown muted. Empty where it counts as nothing. */
  readonly placeholder: string;
  /** Whether an issue is told of the value, below the editor: `aria-invalid` of the main control. */
  readonly isInvalid: boolean;
  /** The ids of the description and the issues: `aria-describedby` of the main control. */
  readonly describedBy: string | undefined;
  /** Puts this JSON text in the value's place: the whole value, valid JSON whatever was typed. */
  readonly onChange: (json: string) => void;
  /** Takes the value away; an item of a list becomes its type's empty value instead. */
  readonly onRemove: () => void;
  /**
   * Shows the members of the value's object as fields of `desc`, for an `Any`: all but `@type`, and `value` alone where
   * the type has its own JSON form.
   */
  readonly renderMessage: (desc: DescMessage) => ReactNode;
  /** Leads to the value in the JSON text, for what is too large for a field. Without it, no such way is offered. */
  readonly onShowInJson?: () => void;
}
