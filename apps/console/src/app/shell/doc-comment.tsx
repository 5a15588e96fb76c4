import classes from "./doc-comment.module.css";

/** Props of `DocComment`. */
export interface DocCommentProps {
  /** Undefined while the comments are not loaded, and where there is none. */
  readonly text: string | undefined;
}

/** A method's doc comment on one line, whose place is kept while it loads. What stands in backticks is shown as code. */
export function DocComment({ text }: DocCommentProps) {
  const parts = text?.replace(/\s+/g, " ").split("`") ?? [];
  return (
    <p className={classes.comment} title={text}>
      {parts.map((part, position) =>
        // Every second part stood between backticks; the last one of an even number was opened and never closed.
        position % 2 === 1 && position < parts.length - 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their place.
          <code key={position}>{part}</code>
        ) : (
          part
        ),
      )}
    </p>
  );
}
