import { type DescMessage, fromBinary, type MessageShape, type Registry } from "@bufbuild/protobuf";
import {
  BadRequestSchema,
  DebugInfoSchema,
  ErrorInfoSchema,
  HelpSchema,
  LocalizedMessageSchema,
  PreconditionFailureSchema,
  QuotaFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import type { ReactNode } from "react";
import type { StatusDetail } from "../../call/call.ts";
import { DebugStack } from "./debug-stack.tsx";
import type { DetailContext } from "./detail-context.ts";
import { FactList, FactTable } from "./facts.tsx";
import { FieldViolations } from "./field-violations.tsx";
import { HelpLinks } from "./help-links.tsx";
import { readViolations } from "./read-violations.ts";
import { RetryTime } from "./retry-time.tsx";

/** Shows one detail; undefined for bytes that are not what the type says. */
type View = (detail: StatusDetail, context: DetailContext, registry: Registry) => ReactNode | undefined;

/** The view of a type that the page itself knows, whatever a target's schema says of a type of that name. */
function view<Desc extends DescMessage>(
  desc: Desc,
  show: (message: MessageShape<Desc>, context: DetailContext) => ReactNode,
): readonly [typeName: string, View] {
  return [
    desc.typeName,
    ({ value }, context) => {
      try {
        return show(fromBinary(desc, value), context);
      } catch {
        return undefined;
      }
    },
  ];
}

/** How each known type is shown, by its full name. */
const detailViews: ReadonlyMap<string, View> = new Map<string, View>([
  view(BadRequestSchema, ({ fieldViolations }, { onGoToField }) => (
    <FieldViolations
      violations={fieldViolations.map(({ field, description, reason }) => ({ field, description, rule: reason }))}
      onGoToField={onGoToField}
    />
  )),
  view(RetryInfoSchema, ({ retryDelay }, { endedAt, onRetry }) => (
    <RetryTime
      at={endedAt + Number(retryDelay?.seconds ?? 0n) * 1_000 + (retryDelay?.nanos ?? 0) / 1e6}
      onRetry={onRetry}
    />
  )),
  view(HelpSchema, ({ links }) => <HelpLinks links={links} />),
  view(DebugInfoSchema, ({ detail, stackEntries }) => <DebugStack detail={detail} entries={stackEntries} />),
  view(QuotaFailureSchema, ({ violations }) => (
    <FactTable
      columns={["subject", "description", "quota_metric", "quota_id", "quota_value"]}
      rows={violations.map(({ subject, description, quotaMetric, quotaId, quotaValue }) => [
        subject,
        description,
        quotaMetric,
        quotaId,
        quotaValue === 0n ? "" : String(quotaValue),
      ])}
    />
  )),
  view(PreconditionFailureSchema, ({ violations }) => (
    <FactTable
      columns={["type", "subject", "description"]}
      rows={violations.map(({ type, subject, description }) => [type, subject, description])}
    />
  )),
  view(ErrorInfoSchema, ({ reason, domain, metadata }) => (
    <FactList
      facts={[
        ["reason", reason],
        ["domain", domain],
        ...Object.entries(metadata).map(([key, value]) => [`metadata[${JSON.stringify(key)}]`, value] as const),
      ]}
    />
  )),
  view(RequestInfoSchema, ({ requestId, servingData }) => (
    <FactList
      facts={[
        ["request_id", requestId],
        ["serving_data", servingData],
      ]}
    />
  )),
  view(ResourceInfoSchema, ({ resourceType, resourceName, owner, description }) => (
    <FactList
      facts={[
        ["resource_type", resourceType],
        ["resource_name", resourceName],
        ["owner", owner],
        ["description", description],
      ]}
    />
  )),
  view(LocalizedMessageSchema, ({ locale, message }) => <FactList facts={[[locale, message]]} />),
  [
    "buf.validate.Violations",
    ({ message }, { onGoToField }, registry) => {
      const violations = message && readViolations(message, registry);
      return violations && <FieldViolations violations={violations} onGoToField={onGoToField} />;
    },
  ],
]);

/** A detail as its type is shown; undefined for a type that has no view of its own, and for one that can't be read. */
export function detailContent(detail: StatusDetail, registry: Registry, context: DetailContext): ReactNode | undefined {
  return detailViews.get(detail.typeName)?.(detail, context, registry);
}
