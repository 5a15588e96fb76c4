import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icon.tsx";
import type { JsonLine } from "./json-line.ts";
import classes from "./json-view.module.css";
import { ScalarView } from "./scalar-view.tsx";

/** Props of `JsonLineView`. */
export interface JsonLineViewProps {
  readonly line: JsonLine;
  /** Its place from the top in pixels, where lines are placed one by one. */
  readonly top: number | undefined;
  readonly onToggle: (id: string) => void;
}

/** One line of a message shown as JSON. */
export function JsonLineView({ line, top, onToggle }: JsonLineViewProps) {
  const { t } = useTranslation();
  const { node, fold, bracket } = line;
  const name = line.name ?? "";
  return (
    <div
      className={classes.line}
      data-unset={line.isSet ? undefined : true}
      title={lineTitle()}
      style={{
        "--depth": line.depth,
        ...(top === undefined ? {} : { position: "absolute", transform: `translateY(${top}px)` }),
      }}
    >
      {fold === undefined ? null : (
        <button
          type="button"
          className={classes.fold}
          aria-expanded={!fold.isFolded}
          aria-label={t(fold.isFolded ? "message.unfold" : "message.fold", { name: name || "JSON" })}
          onClick={() => onToggle(line.id)}
        >
          <Icon name="chevron" turned={!fold.isFolded} />
        </button>
      )}
      {line.name === undefined ? null : (
        <>
          <span className={classes.key}>{line.isUnknown ? line.name : JSON.stringify(line.name)}</span>
          <span className={classes.punctuation}>: </span>
        </>
      )}
      {node === undefined || node.kind === "object" || node.kind === "list" ? (
        <Bracket bracket={bracket} isFolded={fold?.isFolded === true} count={fold?.count ?? 0} />
      ) : (
        <ScalarView node={node} name={name} />
      )}
      {line.hasComma ? <span className={classes.punctuation}>,</span> : null}
    </div>
  );

  function lineTitle(): string | undefined {
    if (line.isUnknown) {
      return t("message.unknownField");
    }
    return line.isSet ? undefined : t("message.notOnWire");
  }
}

function Bracket({ bracket, isFolded, count }: { bracket: JsonLine["bracket"]; isFolded: boolean; count: number }) {
  return <span className={classes.punctuation}>{isFolded ? `${bracket[0]} … ${count} … ${bracket[1]}` : bracket}</span>;
}
