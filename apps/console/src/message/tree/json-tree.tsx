import { type KeyboardEvent, lazy, Suspense, useId, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { copyText } from "../../ui/copy-text.ts";
import { useRowWindow } from "../../ui/use-row-window.ts";
import { useSnapshot } from "../../ui/use-snapshot.ts";
import { useMessageSettings } from "../message-settings.ts";
import { JsonLineView } from "./json-line-view.tsx";
import classes from "./json-view.module.css";
import { treeCommand } from "./tree-keys.ts";
import { type TreeView, valueText } from "./tree-view.ts";

/** Props of `JsonTree`. */
export interface JsonTreeProps {
  readonly view: TreeView;
  /** Its accessible name. */
  readonly label: string;
  /** Shows the message's bytes, where that can be done. */
  readonly onShowWire?: (() => void) | undefined;
  /** Told of Ctrl/Cmd+F. */
  readonly onSearch?: (() => void) | undefined;
}

const lineHeight = 20;
/** Fewer lines are drawn all together. */
const mostDrawnLines = 400;

const ValueViewer = lazy(async () => ({ default: (await import("../viewers/value-viewer.tsx")).ValueViewer }));

/** A message as coloured JSON in a tree: only the lines in sight are made and drawn. */
export function JsonTree({ view, label, onShowWire, onSearch }: JsonTreeProps) {
  const { t } = useTranslation();
  const id = useId();
  const { tree } = view;
  const version = useSnapshot(tree);
  const state = useStore(view.store);
  const pattern = useStore(view.search.store, (search) => search.pattern);
  const showsNumbers = useMessageSettings(({ showsEnumNumbers }) => showsEnumNumbers);
  const count = tree.lineCount;
  const { scroll, onScroll, first, end, top, height, page, reveal } = useRowWindow({ count, rowHeight: lineHeight });
  const active = tree.indexOf(state.active);
  const isShort = count <= mostDrawnLines;
  const from = isShort ? 0 : first;
  const drawn = Array.from({ length: (isShort ? count : end) - from }, (_, offset) => from + offset);
  const viewed = state.viewed && tree.entryAt(state.viewed);
  const said = useRef<HTMLSpanElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when it is asked to, and not when lines change.
  useLayoutEffect(() => {
    if (state.reveals > 0) {
      reveal(active);
    }
  }, [state.reveals]);

  const copy = async (text: string | Promise<string>) => {
    const isCopied = await copyText(text);
    if (said.current !== null) {
      said.current.textContent = t(`action.outcome.${isCopied ? "copied" : "failed"}`);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const line = tree.lineAt(active);
    if (event.target !== event.currentTarget || line === undefined || event.altKey) {
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "f" && onSearch !== undefined) {
        event.preventDefault();
        onSearch();
      } else if (event.key === "c" && String(getSelection()) === "") {
        event.preventDefault();
        void copy(valueText(line.node));
      }
      return;
    }
    if (event.key === "p" || event.key === "c") {
      event.preventDefault();
      void copy(event.key === "p" ? tree.pathOf(line.place) : valueText(line.node));
      return;
    }
    const command = treeCommand(event.key, { tree, active, page });
    if (command === undefined) {
      return;
    }
    event.preventDefault();
    switch (command.kind) {
      case "go": {
        const place = tree.lineAt(command.line)?.place;
        return place && view.goTo(place);
      }
      case "open":
      case "fold":
        return view.setOpen(line.place, command.kind === "open");
      case "act":
        return view.act(line);
      case "openSiblings":
        return view.openSiblings(line);
    }
  };
  return (
    <>
      <div
        ref={scroll}
        role="tree"
        tabIndex={0}
        className={classes.scroll}
        aria-label={label}
        aria-activedescendant={`${id}${state.active.join("-")}`}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        data-version={version}
      >
        <div role="presentation" className={classes.lines} style={isShort ? undefined : { height }}>
          <div role="presentation" style={isShort ? undefined : { transform: `translateY(${top}px)` }}>
            {drawn.map((index) => {
              const line = tree.lineAt(index);
              return line === undefined ? null : (
                <JsonLineView
                  key={line.key}
                  t={t}
                  id={`${id}${line.place.join("-")}`}
                  line={line}
                  view={view}
                  pattern={pattern}
                  isActive={index === active}
                  isNoted={state.noted.has(line.key)}
                  showsNumbers={showsNumbers}
                  onCopy={copy}
                  onShowWire={onShowWire}
                />
              );
            })}
          </div>
        </div>
      </div>
      <span ref={said} role="status" className={classes.said} />
      {viewed === undefined || state.viewed === undefined ? null : (
        <Suspense>
          <ValueViewer
            title={tree.pathOf(state.viewed)}
            value={viewed.node.kind === "bytes" || viewed.node.kind === "string" ? viewed.node.value : ""}
            onClose={view.closeViewed}
          />
        </Suspense>
      )}
    </>
  );
}
