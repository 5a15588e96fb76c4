import { memo } from "react";
import classes from "./hex-view.module.css";
import { hexByte } from "./value-text.ts";
import { leavesIn, type WireLeaf } from "./wire-leaves.ts";
import type { WireNode } from "./wire-node.ts";

/** Props of `HexRow`. Spans are cut to the row, so that a row that they don't touch is not drawn again. */
export interface HexRowProps {
  /** What the ids of cells begin with. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly root: WireNode | undefined;
  /** The row's bytes: from `from` on and before `to`. */
  readonly from: number;
  readonly to: number;
  readonly perRow: number;
  /** Its place from the top in pixels. */
  readonly top: number;
  /** The byte of this row that has the keyboard. */
  readonly cursor: number | undefined;
  readonly selectedFrom: number;
  readonly selectedTo: number;
  readonly hoveredFrom: number;
  readonly hoveredTo: number;
}

/** One row of bytes. */
export const HexRow = memo(function HexRow(props: HexRowProps) {
  const { id, bytes, root, from, to, perRow, top, cursor } = props;
  const leaves = root === undefined ? [] : leavesIn(root, { from, to });
  const offsets = Array.from({ length: to - from }, (_, at) => from + at);
  const looks = offsets.map((offset) => lookOf(offset, leaves, props));
  return (
    <div role="presentation" className={classes.row} style={{ transform: `translateY(${top}px)` }}>
      <span aria-hidden="true" className={classes.offset}>
        {from.toString(16).padStart(4, "0")}
      </span>
      {offsets.map((offset, at) => (
        <span
          key={offset}
          id={`${id}-${offset}`}
          role="option"
          tabIndex={-1}
          aria-setsize={bytes.byteLength}
          aria-posinset={offset + 1}
          aria-selected={looks[at]?.["data-on"] === "selected"}
          className={classes.byte}
          data-offset={offset}
          data-cursor={offset === cursor || undefined}
          {...looks[at]}
        >
          {hexByte(bytes[offset] as number)}
        </span>
      ))}
      <span aria-hidden="true" className={classes.ascii} data-wide={perRow === 16 || undefined}>
        {offsets.map((offset, at) => (
          <span key={offset} data-offset={offset} {...looks[at]}>
            {asciiOf(bytes[offset] as number)}
          </span>
        ))}
      </span>
    </div>
  );
});

interface ByteLook {
  readonly "data-role"?: string;
  readonly "data-kind"?: string | undefined;
  readonly "data-on"?: "selected" | "hovered" | undefined;
  /** Whether the next byte is marked too. */
  readonly "data-joined"?: true | undefined;
}

function lookOf(offset: number, leaves: readonly WireLeaf[], props: HexRowProps): ByteLook {
  const leaf = leaves.find(({ from, to }) => from <= offset && offset < to);
  const { selectedFrom, selectedTo, hoveredFrom, hoveredTo } = props;
  const isSelected = offset >= selectedFrom && offset < selectedTo;
  const isHovered = offset >= hoveredFrom && offset < hoveredTo;
  const end = isSelected ? selectedTo : hoveredTo;
  const on = {
    "data-on": isSelected ? ("selected" as const) : isHovered ? ("hovered" as const) : undefined,
    "data-joined": ((isSelected || isHovered) && offset + 1 < end) || undefined,
  };
  return leaf === undefined
    ? on
    : { ...on, "data-role": leaf.role, "data-kind": leaf.role === "value" ? leaf.node.value.kind : undefined };
}

function asciiOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}
