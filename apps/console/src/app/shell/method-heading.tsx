import type { DescMethod } from "@bufbuild/protobuf";
import type { Target } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { localTarget } from "../../schema/local-schema.ts";
import type { TargetSchema } from "../../schema/target-schema.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { KindMark } from "../../ui/kind-mark.tsx";
import type { MethodRoute } from "../route.ts";
import { useServices } from "../services.ts";
import { InsecureMark } from "../target/insecure-mark.tsx";
import classes from "./method-heading.module.css";

/** Props of `MethodHeading`. */
export interface MethodHeadingProps {
  readonly method: DescMethod;
  readonly tabId: string;
  readonly route: MethodRoute;
  readonly target: Target | undefined;
  readonly schema: TargetSchema | undefined;
}

/** Which method of which target a tab calls, of what kind it is, and where it is known from. */
export const MethodHeading = memo(function MethodHeading({ method, tabId, route, target, schema }: MethodHeadingProps) {
  const { t } = useTranslation();
  const { workbench } = useServices();
  const source = schema !== undefined && schema.sources.length > 1 ? schema.originOf(method.parent) : undefined;
  const openAnother = () => {
    const tab = workbench.store.getState().tabs.find(({ id }) => id === tabId);
    workbench.open(route, tab?.draft);
  };
  return (
    <div className={classes.heading}>
      <div className={classes.line}>
        {route.target === localTarget ? null : (
          <button type="button" className={classes.target} onClick={() => workbench.showTarget(route.target)}>
            {route.target}
          </button>
        )}
        <InsecureMark target={target} />
        <h2 className={classes.name} title={`${method.parent.typeName}/${method.name}`}>
          <span className={classes.service}>{method.parent.typeName} / </span>
          <span className={classes.method}>{method.name}</span>
        </h2>
        <KindMark kind={method.methodKind} isWordShown />
        {source === undefined ? null : (
          <span className={classes.source} title={t("schema.originHint", { file: method.parent.file.proto.name })}>
            {t("schema.origin", { source: source.label || source.id })}
          </span>
        )}
        <IconButton icon="plus" label={t("app.anotherCall")} keys="D" onClick={openAnother} />
      </div>
    </div>
  );
});
