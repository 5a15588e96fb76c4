import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { jsonLines } from "./json-line.ts";
import { JsonLineView } from "./json-line-view.tsx";
import classes from "./json-view.module.css";
import type { ViewNode } from "./view-node.ts";

/** Props of `JsonView`. */
export interface JsonViewProps {
  readonly node: ViewNode;
  /** Its accessible name. */
  readonly label: string;
}

/** More lines than that are drawn only where they are in sight. */
const mostDrawnLines = 400;
const lineHeight = 20;

/** A message as coloured JSON whose objects and lists can be folded. */
export function JsonView({ node, label }: JsonViewProps) {
  const { t } = useTranslation();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => jsonLines(node, folded), [node, folded]);
  const isVirtual = lines.length > mostDrawnLines;
  const virtual = useVirtualizer({
    count: lines.length,
    enabled: isVirtual,
    getScrollElement: () => scroll.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const toggle = (id: string) =>
    setFolded((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set(before).add(id),
    );
  const shown = isVirtual ? virtual.getVirtualItems() : lines.map((_, index) => ({ index, start: undefined }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
    <section ref={scroll} className={classes.scroll} aria-label={label} tabIndex={0}>
      {lines.some(({ isSet }) => !isSet) ? <p className={classes.legend}>{t("message.defaults")}</p> : null}
      <div className={classes.lines} style={isVirtual ? { height: virtual.getTotalSize() } : undefined}>
        {shown.map(({ index, start }) => {
          const line = lines[index];
          return line === undefined ? null : <JsonLineView key={line.id} line={line} top={start} onToggle={toggle} />;
        })}
      </div>
    </section>
  );
}
