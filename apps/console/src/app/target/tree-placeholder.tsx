import { useTranslation } from "react-i18next";
import buttons from "../../ui/text-button.module.css";
import { useServices } from "../services.ts";
import classes from "./tree-placeholder.module.css";
import { useTarget } from "./use-target.ts";

/** Props of `TreePlaceholder`. */
export interface TreePlaceholderProps {
  readonly target: string;
}

/** What stands in the place of the tree while there is none: that it is asked for, that there is none, or why not. */
export function TreePlaceholder({ target }: TreePlaceholderProps) {
  const { t } = useTranslation();
  const { workbench, schemas, dialogs } = useServices();
  const { entry, isMissing } = useTarget(target);
  const isAsking = entry === undefined || entry.phase === "loading" || entry.phase === "refreshing";
  if (isMissing) {
    return <p className={classes.words}>{t("target.missing", { name: target })}</p>;
  }
  if (isAsking) {
    return (
      <div className={classes.words}>
        <p>{t("schema.loading")}</p>
        <div className={classes.bones} aria-hidden="true" />
      </div>
    );
  }
  return (
    <div className={classes.words}>
      <p>{entry.phase === "failed" ? t("schema.failed") : t("schema.none")}</p>
      <div className={classes.actions}>
        <button
          type="button"
          className={buttons.button}
          onClick={() => void schemas.refresh(target, { askTarget: true })}
        >
          {t("schema.tryAgain")}
        </button>
        <button
          type="button"
          className={buttons.button}
          onClick={() => dialogs.setState({ open: { kind: "schema", target } })}
        >
          {t("schema.addFiles")}
        </button>
        <button type="button" className={buttons.button} onClick={() => workbench.showTarget(target)}>
          {t("schema.why")}
        </button>
      </div>
    </div>
  );
}
