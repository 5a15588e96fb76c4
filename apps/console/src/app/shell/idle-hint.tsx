import type { DescMethod } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import { sendsMany } from "../../request/check-draft.ts";
import classes from "./idle-hint.module.css";

/** Props of `IdleHint`. */
export interface IdleHintProps {
  readonly method: DescMethod;
  readonly commandKey: string;
}

/** What stands where the response will be, before the first call. */
export function IdleHint({ method, commandKey }: IdleHintProps) {
  const { t } = useTranslation();
  const keys = `${commandKey} ⏎`;
  return (
    <div className={classes.hint}>
      <p className={classes.title}>{t("response.idleTitle")}</p>
      <p>{sendsMany(method) ? t("response.idleStreamHint", { keys }) : t("response.idleHint", { keys })}</p>
      <p className={classes.shape}>
        <code>
          {method.input.name} → {method.output.name}
        </code>
      </p>
    </div>
  );
}
