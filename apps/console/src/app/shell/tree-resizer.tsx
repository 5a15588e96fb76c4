import type { KeyboardEvent, PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useServices } from "../services.ts";
import classes from "./tree-resizer.module.css";

const least = 180;
const most = 520;
const keyStep = 16;

/** The separator between methods and calls: dragged, or moved by the arrow keys. */
export function TreeResizer() {
  const { t } = useTranslation();
  const { preferences } = useServices();
  const width = useStore(preferences, ({ treeWidth }) => treeWidth);
  const resize = (next: number) =>
    preferences.setState({ treeWidth: Math.min(most, Math.max(least, Math.round(next))) });
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      resize(event.clientX);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = { ArrowLeft: width - keyStep, ArrowRight: width + keyStep, Home: least, End: most }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      resize(next);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is a widget, which no element is.
    <div
      role="separator"
      tabIndex={0}
      className={classes.resizer}
      aria-label={t("app.resizeTree")}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
