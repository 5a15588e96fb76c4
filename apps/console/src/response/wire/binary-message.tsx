import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Split } from "../../ui/split.tsx";
import { decodeWire } from "./decode-wire.ts";
import { FieldTree } from "./field-tree.tsx";
import { HexView } from "./hex-view.tsx";
import { PartDetail } from "./part-detail.tsx";
import { firstOpen } from "./tree-rows.ts";
import { Verdict } from "./verdict.tsx";
import { pathTo } from "./wire-leaves.ts";
import classes from "./wire-message.module.css";
import type { WireNode } from "./wire-node.ts";

/** Props of `BinaryMessage`. */
export interface BinaryMessageProps {
  readonly bytes: Uint8Array;
  readonly desc: DescMessage;
  readonly registry: Registry;
}

/** A serialized message: its bytes beside the fields that they make, and what is unusual about them. */
export function BinaryMessage({ bytes, desc, registry }: BinaryMessageProps) {
  const { t } = useTranslation();
  const root = useMemo(() => decodeWire(bytes, desc, { registry }), [bytes, desc, registry]);
  const [open, setOpen] = useState(() => firstOpen(root));
  const [selected, setSelected] = useState<WireNode>();
  const [cursor, setCursor] = useState<number>();
  const [hovered, setHovered] = useState<WireNode>();
  const [share, setShare] = useState(0.5);

  const select = (node: WireNode) => {
    setSelected(node);
    setCursor(node.from);
  };
  const selectByte = (offset: number) => {
    const path = pathTo(root, offset);
    setOpen((before) => (path.every((node) => before.has(node)) ? before : new Set([...before, ...path.slice(1, -1)])));
    setSelected(path.at(-1));
    setCursor(offset);
  };
  const reveal = (offset: number) => selectByte(Math.min(offset, Math.max(0, bytes.byteLength - 1)));
  return (
    <>
      <Verdict bytes={bytes} desc={desc} registry={registry} onReveal={reveal} />
      {bytes.byteLength === 0 ? (
        <p className={classes.said}>{t("wire.empty")}</p>
      ) : (
        <>
          <div className={classes.split}>
            <Split
              direction="beside"
              share={share}
              onShareChange={setShare}
              label={t("wire.resizeFields")}
              first={
                <HexView
                  bytes={bytes}
                  root={root}
                  selected={selected}
                  hovered={hovered}
                  cursor={cursor}
                  onCursor={selectByte}
                  onHover={(offset) => setHovered(offset === undefined ? undefined : pathTo(root, offset).at(-1))}
                />
              }
              second={
                <FieldTree
                  root={root}
                  open={open}
                  onOpenChange={setOpen}
                  selected={selected}
                  hovered={hovered}
                  onSelect={select}
                  onHover={setHovered}
                />
              }
            />
          </div>
          <PartDetail bytes={bytes} node={selected} offset={cursor} />
        </>
      )}
    </>
  );
}
