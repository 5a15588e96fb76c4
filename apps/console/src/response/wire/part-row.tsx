import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon.tsx";
import classes from "./field-tree.module.css";
import { heaviest } from "./note-words.ts";
import type { PartRow } from "./tree-rows.ts";
import { valueText, wireTypeName } from "./value-text.ts";
import type { WireNode } from "./wire-node.ts";

/** Props of `PartRowView`. */
export interface PartRowViewProps {
  readonly id: string;
  readonly row: PartRow;
  /** Its place from the top in pixels. */
  readonly top: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly onSelect: (node: WireNode) => void;
  readonly onToggle: (node: WireNode) => void;
  readonly onHover: (node: WireNode | undefined) => void;
}

/** One part of a message: what the schema calls it, its number and wire type, its value, and a mark where there is something to say. */
export function PartRowView({ id, row, top, isSelected, isHovered, onSelect, onToggle, onHover }: PartRowViewProps) {
  const { t } = useTranslation();
  const { node, level, position, siblings, isOpen } = row;
  const { tag, value, notes } = node;
  const weight = heaviest(notes);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its rows.
    <div
      id={id}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isOpen}
      aria-selected={isSelected}
      className={classes.row}
      data-hovered={isHovered || undefined}
      data-unread={node.kind === "unread" || undefined}
      style={{ transform: `translateY(${top}px)`, "--level": level - 1 }}
      onClick={() => onSelect(node)}
      onDoubleClick={() => (isOpen === undefined ? undefined : onToggle(node))}
      onPointerEnter={() => onHover(node)}
    >
      {isOpen === undefined ? (
        <span className={classes.fold} />
      ) : (
        <span
          className={classes.fold}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(node);
          }}
        >
          <Icon name="chevron" turned={isOpen} />
        </span>
      )}
      <bdi className={classes.name} data-unknown={node.field === undefined || undefined}>
        {nameOf(node) ?? t(`wire.part.${namelessPart(node)}`, { position })}
      </bdi>
      {tag === undefined ? null : (
        <span className={classes.tag}>
          {tag.number} {wireTypeName(tag.wireType)}
        </span>
      )}
      <bdi className={classes.value} data-kind={value.kind}>
        {value.kind === "packed"
          ? t("wire.packedItems", { count: node.children?.().length ?? 0 })
          : value.kind === "message" && value.desc === undefined
            ? t("wire.guessedMessage")
            : value.kind === "string" && value.value === ""
              ? '""'
              : valueText(value)}
      </bdi>
      {weight === undefined ? null : (
        <span className={classes.mark} data-weight={weight} role="img" aria-label={t(`wire.weight.${weight}`)}>
          {weight === "remark" ? "○" : <Icon name="warning" />}
        </span>
      )}
    </div>
  );
}

function nameOf({ field }: WireNode): string | undefined {
  return field?.kind === "extension" ? `[${field.typeName}]` : field?.name;
}

function namelessPart({ kind, entryPart }: WireNode): "key" | "value" | "item" | "unread" | "unknown" {
  return entryPart ?? (kind === "item" || kind === "unread" ? kind : "unknown");
}
