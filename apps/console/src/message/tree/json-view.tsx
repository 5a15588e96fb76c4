import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ViewNode } from "../view-node.ts";
import { JsonTree } from "./json-tree.tsx";
import classes from "./json-view.module.css";
import { TreeToolbar } from "./tree-toolbar.tsx";
import { createTreeView } from "./tree-view.ts";

/** Props of `JsonView`. */
export interface JsonViewProps {
  readonly node: ViewNode;
  /** Its accessible name. */
  readonly label: string;
  /** Shows the message's bytes, where that can be done. */
  readonly onShowWire?: (() => void) | undefined;
  /** Whether search and folding have their bar above. Default: yes. */
  readonly hasToolbar?: boolean;
}

/** A message as coloured JSON that can be searched, folded and copied from. */
export function JsonView({ node, label, onShowWire, hasToolbar = true }: JsonViewProps) {
  const { t } = useTranslation();
  const view = useMemo(() => createTreeView(node), [node]);
  const field = useRef<HTMLInputElement>(null);
  const frame = useRef<HTMLElement>(null);
  const backToTree = () => frame.current?.querySelector<HTMLElement>("[role=tree]")?.focus();
  return (
    <section ref={frame} className={classes.frame} aria-label={label}>
      {hasToolbar ? <TreeToolbar view={view} field={field} onLeave={backToTree} /> : null}
      <JsonTree
        view={view}
        label={label === "" ? t("message.value") : label}
        onShowWire={onShowWire}
        onSearch={hasToolbar ? () => field.current?.select() : undefined}
      />
    </section>
  );
}
