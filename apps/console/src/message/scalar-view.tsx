import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { countText, sizeText } from "../ui/format-figures.ts";
import { compactText, scalarToken } from "./json-text.ts";
import classes from "./json-view.module.css";
import { parseMoment } from "./moment.ts";
import { MomentView } from "./moment-view.tsx";
import type { ViewNode } from "./view-node.ts";

/** Props of `ScalarView`. */
export interface ScalarViewProps {
  readonly node: Exclude<ViewNode, { kind: "object" | "list" }>;
  /** The field's name, for the viewers' titles. */
  readonly name: string;
}

/** Longer strings are shown cut off, and whole in a viewer. */
const longestInline = 200;

const ValueViewer = lazy(async () => ({ default: (await import("./value-viewer.tsx")).ValueViewer }));

const tokenKinds = {
  string: "string",
  timestamp: "string",
  bytes: "string",
  number: "number",
  boolean: "atom",
  null: "atom",
  enum: "atom",
} as const;

/** A value without children; times, long strings and bytes can be looked at more closely. */
export function ScalarView({ node, name }: ScalarViewProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const text = node.kind === "string" ? node.value : node.kind === "timestamp" ? node.text : undefined;
  const isTime = text !== undefined && text.length < 40 && parseMoment(text) !== undefined;
  const isLong = node.kind === "bytes" || (text !== undefined && text.length > longestInline);
  const token = (
    <span className={classes.token} data-kind={tokenKinds[node.kind]}>
      {isLong ? compactText(node, longestInline) : scalarToken(node)}
    </span>
  );
  if (isTime) {
    return <MomentView text={text} token={token} />;
  }
  if (!isLong) {
    return token;
  }
  const size =
    node.kind === "bytes"
      ? sizeText(node.value.byteLength)
      : t("message.characters", { count: countText(text?.length ?? 0) });
  return (
    <>
      {token}
      <button type="button" className={classes.more} onClick={() => setIsOpen(true)}>
        {t("message.view", { size })}
      </button>
      {isOpen ? (
        <Suspense>
          <ValueViewer
            title={name}
            value={node.kind === "bytes" ? node.value : (text ?? "")}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
