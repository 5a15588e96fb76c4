import type { Registry } from "@bufbuild/protobuf";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { StatusDetail } from "../../call/call.ts";
import { hexText } from "../../message/bytes-text.ts";
import { JsonView } from "../../message/tree/json-view.tsx";
import { viewMessage } from "../../message/view-message.ts";
import { sizeText } from "../../ui/format-figures.ts";
import type { DetailContext } from "./detail-context.ts";
import classes from "./detail-view.module.css";
import { detailContent } from "./detail-views.tsx";

/** Props of `DetailView`. */
export interface DetailViewProps {
  readonly detail: StatusDetail;
  readonly registry: Registry;
  readonly context: DetailContext;
}

/** One detail of an error, shown as what it is: a known type in its own way, another one as JSON, an unknown one as bytes. */
export function DetailView({ detail, registry, context }: DetailViewProps) {
  const { t } = useTranslation();
  const content = useMemo(() => detailContent(detail, registry, context), [detail, registry, context]);
  return (
    <section className={classes.detail} aria-label={detail.typeName}>
      <h3 className={classes.name}>
        <code>{detail.typeName}</code>
        {detail.message === undefined ? ` ${t("response.unknownDetail")}` : null}
      </h3>
      {content ?? <OtherDetail detail={detail} registry={registry} />}
    </section>
  );
}

/** More bytes than that are not shown. */
const mostBytes = 4_096;

function OtherDetail({ detail, registry }: Pick<DetailViewProps, "detail" | "registry">) {
  const { t } = useTranslation();
  const { message, typeName, value } = detail;
  const desc = registry.getMessage(typeName);
  const node = useMemo(
    () => (message === undefined || desc === undefined ? undefined : viewMessage(desc, message, { registry })),
    [message, desc, registry],
  );
  if (node !== undefined) {
    return (
      <div className={classes.tree}>
        <JsonView node={node} label={typeName} hasToolbar={false} />
      </div>
    );
  }
  return (
    <>
      <pre className={classes.raw}>{hexText(value.subarray(0, mostBytes))}</pre>
      {value.byteLength > mostBytes ? <p>{t("detail.moreBytes", { size: sizeText(value.byteLength) })}</p> : null}
    </>
  );
}
