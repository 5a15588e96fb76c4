import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { countText, sizeText } from "../../ui/format-figures.ts";
import { Icon } from "../../ui/icon.tsx";
import buttons from "../../ui/text-button.module.css";
import { inspectWire, type WireInspection } from "./inspect-wire.ts";
import classes from "./verdict.module.css";

/** Props of `Verdict`. */
export interface VerdictProps {
  readonly bytes: Uint8Array;
  readonly desc: DescMessage;
  readonly registry: Registry;
  /** Shows the part at a byte. */
  readonly onReveal: (offset: number) => void;
}

/** A longer message is looked through only when it is asked for: a megabyte. */
const gateBytes = 1_000_000;

/** The most notes that are listed. */
const mostListed = 100;

/** What is to be said of a whole message: whether it can be read, and how it differs from the canonical encoding. */
export function Verdict({ bytes, desc, registry, onReveal }: VerdictProps) {
  const { t } = useTranslation();
  const [isAsked, setIsAsked] = useState(bytes.byteLength <= gateBytes);
  const [isListed, setIsListed] = useState(false);
  const inspection = useMemo(
    () => (isAsked ? inspectWire(bytes, desc, { registry }) : undefined),
    [isAsked, bytes, desc, registry],
  );
  if (inspection === undefined) {
    return (
      <div className={classes.verdict}>
        <button type="button" className={buttons.button} onClick={() => setIsAsked(true)}>
          {t("wire.check", { size: sizeText(bytes.byteLength) })}
        </button>
      </div>
    );
  }
  const { canonical, notes, noteCount, partCount, isComplete } = inspection;
  const look = lookOf(inspection);
  const told = notes.filter(({ note }) => note.kind !== "guessed").slice(0, mostListed);
  return (
    <div className={classes.verdict} data-look={look}>
      <p className={classes.line}>
        <span className={classes.sign}>
          <Icon name={look === "canonical" ? "check" : "warning"} />
          {t(`wire.verdict.${look}`)}
        </span>
        <span className={classes.count}>{t("wire.parts", { count: countText(partCount) })}</span>
        {isComplete ? null : <span className={classes.count}>{t("wire.incomplete")}</span>}
        {told.length === 0 ? null : (
          <button
            type="button"
            className={buttons.button}
            aria-expanded={isListed}
            onClick={() => setIsListed(!isListed)}
          >
            {t("wire.notes", { count: countText(noteCount) })}
          </button>
        )}
      </p>
      {canonical?.kind === "different" ? (
        <p className={classes.reasons}>
          {t("wire.differs", { offset: `0x${canonical.from.toString(16)}`, size: sizeText(canonical.bytes) })}{" "}
          {canonical.reasons.map((reason) => t(`wire.reason.${reason}`)).join(" · ")}
        </p>
      ) : null}
      {canonical?.kind === "none" ? (
        <p className={classes.reasons}>
          {t("wire.notComparable")} <bdi>{canonical.reason}</bdi>
        </p>
      ) : null}
      {isListed ? (
        <ul className={classes.list}>
          {told.map(({ node, note }) => (
            <li key={`${node.from}.${node.depth}.${note.kind}`} data-weight={note.weight}>
              <button type="button" className={buttons.button} onClick={() => onReveal(node.from)}>
                0x{node.from.toString(16)}
              </button>
              <span>
                <bdi>{node.field?.name}</bdi> {t(`wire.note.${note.kind}`, { detail: note.detail })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** A key of the language catalogues under `wire.verdict`. */
function lookOf({ isReadable, canonical, notes }: WireInspection): "canonical" | "other" | "doubtful" | "unreadable" {
  if (!isReadable) {
    return "unreadable";
  }
  if (notes.some(({ note }) => note.weight === "doubtful")) {
    return "doubtful";
  }
  return canonical?.kind === "different" ? "other" : "canonical";
}
