import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useServices } from "../services.ts";
import { ChangesList } from "./changes-list.tsx";
import classes from "./schema-dialog.module.css";
import { SourceList } from "./source-list.tsx";
import { UploadArea } from "./upload-area.tsx";
import { useTarget } from "./use-target.ts";

/** Props of `SchemaDialog`. */
export interface SchemaDialogProps {
  readonly target: string;
  readonly onClose: () => void;
}

/** Where a target's schema comes from: its sources in their order, and the adding of files to them. */
export function SchemaDialog({ target, onClose }: SchemaDialogProps) {
  const { t } = useTranslation();
  const { schemas } = useServices();
  const { entry } = useTarget(target);
  const isAsking = entry?.phase === "loading" || entry?.phase === "refreshing";
  const reload = () => schemas.refresh(target, { askTarget: false });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("schema.dialogTitle", { name: target })}
      size={720}
      transitionProps={{ duration: 0 }}
      lockScroll={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={classes.dialog}>
        <p className={classes.hint}>{t("schema.sourcesHint")}</p>
        {entry?.schema === undefined ? (
          <p className={classes.hint}>
            {isAsking ? t("schema.loading") : (entry?.error?.rawMessage ?? t("schema.none"))}
          </p>
        ) : (
          <SourceList target={target} sources={entry.schema.sources} onChanged={reload} />
        )}
        <UploadArea target={target} onAdded={reload} />
        {entry?.changes === undefined ? null : <ChangesList changes={entry.changes} />}
        <div className={classes.actions}>
          <Button
            variant="default"
            loading={isAsking}
            onClick={() => void schemas.refresh(target, { askTarget: true })}
          >
            {t("schema.refresh")}
          </Button>
          <span className={classes.space} />
          <Button variant="subtle" onClick={onClose}>
            {t("action.close")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
