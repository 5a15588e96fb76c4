import type { DescMethod } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { KindMark } from "../../ui/kind-mark.tsx";
import { useServices } from "../services.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import classes from "./method-heading.module.css";

/** Props of `MethodHeading`. */
export interface MethodHeadingProps {
  readonly method: DescMethod;
  readonly tab: OpenTab;
}

/** Which method a tab calls and of what kind it is. */
export function MethodHeading({ method, tab }: MethodHeadingProps) {
  const { t } = useTranslation();
  const { workbench } = useServices();
  return (
    <div className={classes.heading}>
      <div className={classes.line}>
        <h2 className={classes.name} title={`${method.parent.typeName}/${method.name}`}>
          <span className={classes.service}>{method.parent.typeName} / </span>
          {method.name}
        </h2>
        <KindMark kind={method.methodKind} isWordShown />
        <IconButton icon="plus" label={t("app.anotherCall")} onClick={() => workbench.open(tab.route, tab.draft)} />
      </div>
    </div>
  );
}
