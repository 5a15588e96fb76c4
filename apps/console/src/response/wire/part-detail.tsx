import { useTranslation } from "react-i18next";
import { fieldType, itemType } from "../../schema/field-type.ts";
import { hexLine, otherReadings, wireTypeName } from "./value-text.ts";
import classes from "./wire-message.module.css";
import type { ByteSpan, WireNode } from "./wire-node.ts";

/** Props of `PartDetail`. */
export interface PartDetailProps {
  readonly bytes: Uint8Array;
  readonly node: WireNode | undefined;
  /** The byte that was pointed at. */
  readonly offset: number | undefined;
}

/** What the chosen part's bytes are, one after the other, and everything that is to be said of it. */
export function PartDetail(props: PartDetailProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by the keyboard.
    <section className={classes.part} aria-label={t("wire.chosenPart")} tabIndex={0}>
      <div role="status" aria-live="polite">
        <PartWords {...props} />
      </div>
    </section>
  );
}

function PartWords({ bytes, node, offset }: PartDetailProps) {
  const { t } = useTranslation();
  if (node === undefined || node.kind === "root") {
    return <p className={classes.hint}>{t("wire.choosePart")}</p>;
  }
  const { tag, length, body, endTag, field, notes } = node;
  const at = (span: ByteSpan) => hexLine(bytes.subarray(span.from, span.to));
  const readings = otherReadings(node);
  return (
    <>
      <p className={classes.partHead}>
        <span>
          {t("wire.range", { from: hexOffset(node.from), to: hexOffset(node.to - 1), count: node.to - node.from })}
        </span>
        {field === undefined ? null : (
          <bdi className={classes.partType}>
            {node.value.kind === "packed"
              ? fieldType(field)
              : node.kind === "item"
                ? itemType(field)
                : fieldType(field)}{" "}
            {field.name} = {field.number}
          </bdi>
        )}
        {offset === undefined ? null : (
          <span className={classes.hint}>{t("wire.atByte", { offset: hexOffset(offset) })}</span>
        )}
      </p>
      <dl className={classes.pieces}>
        {tag === undefined ? null : (
          <Piece name={t("wire.piece.tag")} bytes={at(tag)} look="tag">
            {t("wire.tagSaid", { number: tag.number, type: wireTypeName(tag.wireType), code: tag.wireType })}
          </Piece>
        )}
        {length === undefined ? null : (
          <Piece name={t("wire.piece.length")} bytes={at(length)} look="length">
            {t("wire.lengthSaid", { count: body.to - body.from })}
          </Piece>
        )}
        {node.children !== undefined || body.from === body.to ? null : (
          <Piece name={t(`wire.piece.${node.kind === "unread" ? "unread" : "value"}`)} bytes={at(body)} look="value">
            {readings.length === 0
              ? null
              : t("wire.orRead", { readings: readings.map(({ type, text }) => `${type} ${text}`).join(" · ") })}
          </Piece>
        )}
        {endTag === undefined ? null : (
          <Piece name={t("wire.piece.endTag")} bytes={at(endTag)} look="tag">
            {t("wire.endTagSaid", { number: tag?.number ?? 0 })}
          </Piece>
        )}
      </dl>
      {notes.length === 0 ? null : (
        <ul className={classes.notes}>
          {notes.map(({ kind, weight, detail }) => (
            <li key={kind} data-weight={weight}>
              <span className={classes.weight}>{t(`wire.weight.${weight}`)}</span> {t(`wire.note.${kind}`, { detail })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

interface PieceProps {
  readonly name: string;
  readonly bytes: string;
  readonly look: "tag" | "length" | "value";
  readonly children: string | null;
}

function Piece({ name, bytes, look, children }: PieceProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code data-role={look}>{bytes}</code> <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function hexOffset(offset: number): string {
  return `0x${offset.toString(16)}`;
}
