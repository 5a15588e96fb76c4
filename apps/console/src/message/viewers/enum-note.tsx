import { useTranslation } from "react-i18next";
import type { ViewValue } from "../view-node.ts";

/** Props of `EnumNote`. */
export interface EnumNoteProps {
  readonly value: Extract<ViewValue, { kind: "enum" }>;
}

/** An enum value by name and number. */
export function EnumNote({ value: { name, number } }: EnumNoteProps) {
  const { t } = useTranslation();
  return <>{name === undefined ? t("jsonTree.unnamedValue", { number }) : `${name} = ${number}`}</>;
}
