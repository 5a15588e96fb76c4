import { isMessage, type Registry } from "@bufbuild/protobuf";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { useTranslation } from "react-i18next";
import type { StatusDetail } from "../call/call.ts";
import { hexText } from "../message/bytes-text.ts";
import { prettyText } from "../message/json-text.ts";
import { viewMessage } from "../message/view-message.ts";
import classes from "./status-panel.module.css";

/** Props of `StatusDetailView`. */
export interface StatusDetailViewProps {
  readonly detail: StatusDetail;
  readonly registry: Registry;
}

/** One detail of an error: a BadRequest as a list of fields, another known type as JSON, an unknown one as raw bytes. */
export function StatusDetailView({ detail, registry }: StatusDetailViewProps) {
  const { t } = useTranslation();
  const { message, typeName, value } = detail;
  const desc = registry.getMessage(typeName);
  return (
    <section className={classes.detail} aria-label={typeName}>
      <h3 className={classes.detailName}>
        <code>{typeName}</code>
        {message === undefined ? ` ${t("response.unknownDetail")}` : null}
      </h3>
      {message !== undefined && isMessage(message, BadRequestSchema) ? (
        <dl className={classes.violations}>
          {message.fieldViolations.map(({ field, description }) => (
            <div key={`${field} ${description}`} style={{ display: "contents" }}>
              <dt>{field}</dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <pre className={classes.raw}>
          {message === undefined || desc === undefined
            ? hexText(value)
            : prettyText(viewMessage(desc, message, { registry }))}
        </pre>
      )}
    </section>
  );
}
