import { useContext } from "react";
import { useTranslation } from "react-i18next";
import type { JsonObjectTree, JsonTree } from "../document/json-tree.ts";
import type { FieldValueType } from "./field-value-type.ts";
import classes from "./form.module.css";
import type { FormPlace } from "./form-place.ts";
import { useFormSession } from "./form-session.ts";
import { Indent, itemIndent, messageIndent } from "./indent.ts";
import { RawValue } from "./raw-value.tsx";
import { useIssueCount, useOpen, useSourceText } from "./use-form.ts";
import { previewOf } from "./value-shape.ts";

/** Messages within messages are open so deep unless they were folded; below, they are opened one by one. */
const openDepth = 2;

/** Longer messages begin folded. */
const mostOpenMembers = 200;

/** Whether a message's fields are shown, and the way to change that. */
export function useMessageOpen(
  place: FormPlace,
  value: JsonTree | undefined,
  depth: number,
): readonly [isOpen: boolean, toggle: () => void] {
  const isSmall = value?.kind === "object" && value.members.length <= mostOpenMembers;
  const [isOpen, set] = useOpen(place, isSmall && depth < openDepth);
  return [isOpen, () => set(!isOpen)];
}

/** Props of `MessageBody`. */
export interface MessageBodyProps {
  readonly place: FormPlace;
  readonly type: FieldValueType & { readonly kind: "message" };
  readonly tree: JsonObjectTree;
  readonly depth: number;
  readonly name: string;
}

/** The fields of a message within another one, set off by a line. */
export function MessageBody({ place, type, tree, depth, name }: MessageBodyProps) {
  const { MessageFields } = useFormSession();
  const isItem = place.step.kind === "item" || place.step.kind === "entry";
  const indent = useContext(Indent) + messageIndent + (isItem ? itemIndent : 0);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't stand in the row above.
    <div className={classes.body} role="group" aria-label={name}>
      <Indent value={indent}>
        <MessageFields place={place} desc={type.message} tree={tree} depth={depth + 1} />
      </Indent>
    </div>
  );
}

/** Props of `MessageSummary`. */
export interface MessageSummaryProps {
  readonly place: FormPlace;
  readonly value: JsonTree;
  readonly name: string;
  readonly isOpen: boolean;
  readonly describedBy: string | undefined;
}

/** What stands beside a message's name: a glimpse of its text while it is folded, and how many issues it hides. */
export function MessageSummary({ place, value, name, isOpen, describedBy }: MessageSummaryProps) {
  const { t } = useTranslation();
  const count = useIssueCount(value);
  if (value.kind !== "object") {
    return <RawValue place={place} value={value} label={name} describedBy={describedBy} />;
  }
  return (
    <>
      {isOpen ? <span className={classes.spacer} /> : <Glimpse place={place} value={value} />}
      {!isOpen && count > 0 ? <span className={classes.badCount}>{t("form.problems", { count })}</span> : null}
    </>
  );
}

function Glimpse({ place, value }: { readonly place: FormPlace; readonly value: JsonTree }) {
  const text = useSourceText(place, value);
  return (
    <code className={classes.glimpse}>
      <bdi>{previewOf(text)}</bdi>
    </code>
  );
}
