import { memo, type ReactNode, useState } from "react";
import { countText, sizeText } from "../../ui/format-figures.ts";
import { Icon } from "../../ui/icon.tsx";
import { FoundText } from "../found-text.tsx";
import { compactText } from "../json-text.ts";
import { isBranch, type ViewValue } from "../view-node.ts";
import { type TokenOptions, viewOfValue } from "../viewers/value-views.tsx";
import classes from "./json-view.module.css";
import { LineTools, type LineToolsProps } from "./line-tools.tsx";
import { isLong, longestInline } from "./tree-view.ts";

/** Props of `JsonLineView`. */
export interface JsonLineViewProps extends LineToolsProps {
  /** Of its element. */
  readonly id: string;
  /** What is marked in it. */
  readonly pattern: RegExp | undefined;
  readonly isActive: boolean;
  /** Whether more is told beside the value. */
  readonly isNoted: boolean;
  readonly showsNumbers: boolean;
}

/** So much of a folded object or list is shown in its line. */
const longestPreview = 100;
/** Deeper lines stand no further to the right. */
const mostIndented = 60;

/** One line of a message shown as JSON. */
export const JsonLineView = memo(function JsonLineView(props: JsonLineViewProps) {
  const { t, id, line, view, pattern, isActive, isNoted, showsNumbers } = props;
  const { name, node, isOpen } = line;
  const [isPointed, setIsPointed] = useState(false);
  const style = { "--depth": Math.min(line.depth, mostIndented) };
  if (line.isClosing) {
    return (
      <div aria-hidden="true" className={classes.line} style={style}>
        <Punctuation text={line.bracket} hasComma={line.hasComma} />
      </div>
    );
  }
  const title = line.isUnknown ? t("message.unknownField") : line.isSet ? undefined : t("message.notOnWire");
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its lines.
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names its active item.
    <div
      id={id}
      role="treeitem"
      aria-level={line.depth + 1}
      aria-expanded={isOpen}
      aria-selected={isActive}
      aria-setsize={line.siblings}
      aria-posinset={(line.place.at(-1) ?? 0) + 1}
      className={classes.line}
      data-unset={line.isSet ? undefined : true}
      data-unknown={line.isUnknown || undefined}
      title={title}
      style={style}
      onClick={() => view.choose(line)}
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
    >
      {isOpen === undefined ? null : (
        <button
          type="button"
          tabIndex={-1}
          className={classes.fold}
          aria-label={t(isOpen ? "message.fold" : "message.unfold", { name: name ?? "JSON" })}
          onClick={() => view.setOpen(line.place, !isOpen)}
        >
          <Icon name="chevron" turned={isOpen} />
        </button>
      )}
      {name === undefined ? null : (
        <>
          <span className={classes.key}>
            <FoundText text={line.isUnknown ? name : JSON.stringify(name)} pattern={pattern} />
          </span>
          <span className={classes.punctuation}>: </span>
        </>
      )}
      {isBranch(node) ? (
        <Branch t={t} line={line} pattern={pattern} />
      ) : (
        <Value node={node} options={{ longest: longestInline, showsNumbers }} pattern={pattern} isNoted={isNoted}>
          {line.hasComma ? <Punctuation text="," /> : null}
          {isLong(node) ? (
            <button type="button" tabIndex={-1} className={classes.more} onClick={() => view.act(line)}>
              {t("message.view", { size: sizeOf(node) })}
            </button>
          ) : null}
        </Value>
      )}
      {isPointed || isActive || line.isUnknown ? (
        <LineTools t={t} line={line} view={view} onCopy={props.onCopy} onShowWire={props.onShowWire} />
      ) : null}
    </div>
  );

  function sizeOf(value: ViewValue): string {
    return value.kind === "bytes"
      ? sizeText(value.value.byteLength)
      : t("message.characters", { count: countText(value.kind === "string" ? value.value.length : 0) });
  }
});

function Branch({ t, line, pattern }: Pick<JsonLineViewProps, "t" | "line" | "pattern">) {
  const { node, isOpen, bracket, count, hasComma } = line;
  if (isOpen !== false) {
    return (
      <>
        <Punctuation text={bracket} hasComma={hasComma} />
        {count > manyChildren ? <span className={classes.note}>{countWords()}</span> : null}
      </>
    );
  }
  return (
    <>
      <span className={classes.preview}>
        <FoundText text={compactText(node, longestPreview)} pattern={pattern} />
      </span>
      <Punctuation text="" hasComma={hasComma} />
      <span className={classes.note}>{countWords()}</span>
    </>
  );

  function countWords(): string {
    const kind = node.kind === "list" ? "list" : "object";
    return t(`jsonTree.count.${kind}`, { count: countText(count) });
  }
}

/** From so many children on, their number is told though they are all there. */
const manyChildren = 100;

interface ValueProps {
  readonly node: ViewValue;
  readonly options: TokenOptions;
  readonly pattern: RegExp | undefined;
  readonly isNoted: boolean;
  /** Stands between the token and the note. */
  readonly children: ReactNode;
}

function Value({ node, options, pattern, isNoted, children }: ValueProps) {
  const { tone, token, hint, note } = viewOfValue(node, options);
  return (
    <>
      <span className={classes.token} data-tone={tone} title={hint}>
        <FoundText text={token} pattern={pattern} />
      </span>
      {children}
      {isNoted ? <span className={classes.note}>{note()}</span> : null}
    </>
  );
}

function Punctuation({ text, hasComma = false }: { readonly text: string; readonly hasComma?: boolean }) {
  return <span className={classes.punctuation}>{hasComma ? `${text},` : text}</span>;
}
