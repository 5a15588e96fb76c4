import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { localTarget } from "../../schema/local-schema.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { useServices } from "../services.ts";
import { TargetPicker, type TargetPickerHandle } from "../target/target-picker.tsx";
import { useTarget } from "../target/use-target.ts";
import classes from "./sidebar.module.css";

/** Props of `SidebarTarget`. */
export interface SidebarTargetProps {
  readonly target: string;
  /** Something was opened. */
  readonly onOpened: () => void;
  readonly pickerRef: Ref<TargetPickerHandle>;
}

/** The choice of the target; for all but the built-in services, with what refreshes its schema and leads to its page. */
export function SidebarTarget({ target, onOpened, pickerRef }: SidebarTargetProps) {
  const { t } = useTranslation();
  const { workbench, schemas } = useServices();
  const { entry } = useTarget(target);
  return (
    <div className={classes.target}>
      <TargetPicker ref={pickerRef} onChosen={onOpened} />
      {target === localTarget ? null : (
        <span className={classes.targetTools}>
          <IconButton
            icon="refresh"
            label={t("schema.refresh")}
            keys="R"
            disabled={entry?.phase === "loading" || entry?.phase === "refreshing"}
            onClick={() => void schemas.refresh(target, { askTarget: true })}
          />
          <IconButton
            icon="gear"
            label={t("target.page")}
            onClick={() => {
              workbench.showTarget(target);
              onOpened();
            }}
          />
        </span>
      )}
    </div>
  );
}
