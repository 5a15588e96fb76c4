import type { TFunction } from "i18next";
import { Icon, type IconName } from "../../ui/icon.tsx";
import { isBranch } from "../view-node.ts";
import { viewOfValue } from "../viewers/value-views.tsx";
import type { JsonLine } from "./json-line.ts";
import classes from "./json-view.module.css";
import { isLong, type TreeView, valueText } from "./tree-view.ts";

/** Props of `LineTools`. */
export interface LineToolsProps {
  /** Handed down, since asking for it takes each line as long as drawing it. */
  readonly t: TFunction;
  readonly line: JsonLine;
  readonly view: TreeView;
  readonly onCopy: (text: string | Promise<string>) => void;
  /** Shows the message's bytes, where that can be done. */
  readonly onShowWire: (() => void) | undefined;
}

/** What can be done with a line by mouse: shown for the active line and the one under the pointer; each has a key. */
export function LineTools({ t, line, view, onCopy, onShowWire }: LineToolsProps) {
  const { node, place } = line;
  return (
    <span className={classes.tools}>
      {hasNote(line) ? (
        <Tool icon="clock" label={t("jsonTree.note")} keys="Enter" onClick={() => view.act(line)} />
      ) : null}
      <Tool icon="copy" label={t("jsonTree.copyValue")} keys="C" onClick={() => onCopy(valueText(node))} />
      <Tool icon="path" label={t("jsonTree.copyPath")} keys="P" onClick={() => onCopy(view.tree.pathOf(place))} />
      {line.isUnknown && onShowWire !== undefined ? (
        <button type="button" tabIndex={-1} className={classes.more} onClick={onShowWire}>
          {t("jsonTree.showWire")}
        </button>
      ) : null}
    </span>
  );
}

function hasNote({ node }: JsonLine): boolean {
  return (
    !isBranch(node) && !isLong(node) && viewOfValue(node, { longest: 1, showsNumbers: false }).note() !== undefined
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly keys: string;
  readonly onClick: () => void;
}

function Tool({ icon, label, keys, onClick }: ToolProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.tool}
      aria-label={label}
      title={`${label} (${keys})`}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
