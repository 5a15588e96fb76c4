import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { useTranslation } from "react-i18next";
import classes from "./insecure-mark.module.css";

/** Props of `InsecureMark`. */
export interface InsecureMarkProps {
  readonly target: Target | undefined;
}

/** Says in red that a target's certificate is not checked; nothing for every other target. */
export function InsecureMark({ target }: InsecureMarkProps) {
  const { t } = useTranslation();
  return target?.tls?.insecure === true ? (
    <span className={classes.mark} title={t("target.insecureHint")}>
      {t("target.insecure")}
    </span>
  ) : null;
}
