import { type FocusEvent, type KeyboardEvent, type Ref, useId, useImperativeHandle, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { localTarget } from "../../schema/local-schema.ts";
import { Icon } from "../../ui/icon.tsx";
import hidden from "../../ui/visually-hidden.module.css";
import { useServices } from "../services.ts";
import { InsecureMark } from "./insecure-mark.tsx";
import { TargetDot } from "./target-dot.tsx";
import { TargetMenu } from "./target-menu.tsx";
import classes from "./target-picker.module.css";
import { targetState } from "./target-state.ts";
import { useTarget } from "./use-target.ts";

/** What can be done with a picker from outside. */
export interface TargetPickerHandle {
  open(): void;
}

/** Props of `TargetPicker`. */
export interface TargetPickerProps {
  /** A target was chosen. */
  readonly onChosen: () => void;
  readonly ref?: Ref<TargetPickerHandle>;
}

/** The target whose methods are shown, and the choice of another. */
export function TargetPicker({ onChosen, ref }: TargetPickerProps) {
  const { t } = useTranslation();
  const { workbench } = useServices();
  const name = useStore(workbench.store, (state) => state.target);
  const { target, entry } = useTarget(name);
  const [isOpen, setIsOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useImperativeHandle(ref, () => ({ open: () => setIsOpen(true) }));

  const close = () => {
    setIsOpen(false);
    button.current?.focus();
  };
  const onBlur = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null && frame.current?.contains(relatedTarget) === false) {
      setIsOpen(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && !isOpen) {
      event.preventDefault();
      setIsOpen(true);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look and no use here.
    <div
      ref={frame}
      role="group"
      aria-label={t("target.chooseHint")}
      className={classes.frame}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    >
      <button
        ref={button}
        type="button"
        className={classes.button}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        title={`${t("target.chooseHint")} (T)`}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className={hidden.hidden}>{t("target.label")}</span>
        <span className={classes.words}>
          <span className={classes.name}>{name}</span>
          <span className={classes.address}>
            {target?.address || (name === localTarget ? t("target.builtIn") : t("target.unknown"))}
          </span>
        </span>
        <InsecureMark target={target} />
        <TargetDot state={targetState(entry)} />
        <Icon name="chevron" turned />
      </button>
      {isOpen ? (
        <>
          <div className={classes.backdrop} aria-hidden="true" onClick={() => setIsOpen(false)} />
          <TargetMenu
            id={menuId}
            chosen={name}
            onChoose={(next) => {
              close();
              workbench.showTarget(next);
              onChosen();
            }}
            onClose={close}
          />
        </>
      ) : null}
    </div>
  );
}
