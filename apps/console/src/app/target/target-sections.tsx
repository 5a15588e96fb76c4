import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FormSection } from "./form-section.tsx";
import { HeldMetadataEditor } from "./held-metadata-editor.tsx";
import classes from "./target-dialog.module.css";
import type { TargetFieldsProps } from "./target-fields.tsx";
import { TlsSection } from "./tls-section.tsx";

/** What most targets can do without: TLS, metadata, limits. Each is folded, and says in short what it holds. */
export function TargetSections(props: TargetFieldsProps) {
  const { form, onChange, unread, problems } = props;
  const { t } = useTranslation();
  const { byField } = problems;
  const limits = [form.defaultDeadline, form.maxMessage, form.keepalive].filter((text) => text.trim() !== "");
  const hasLimitProblem =
    ["default_deadline", "keepalive", "max_message_bytes"].some((field) => byField.has(field)) ||
    (["defaultDeadline", "keepalive", "maxMessage"] as const).some((field) => unread.has(field));
  const refused = t("deadline.problem.notADuration");
  return (
    <div className={classes.sections}>
      <TlsSection {...props} />
      <FormSection title={t("target.section.metadata")} summary={form.metadata.map(({ name }) => name).join(", ")}>
        <p className={classes.hint}>{t("target.field.metadataHint")}</p>
        <HeldMetadataEditor rows={form.metadata} onRowsChange={(metadata) => onChange({ metadata })} />
        <label className={classes.check}>
          <input
            type="checkbox"
            checked={form.reflectionMetadata !== undefined}
            onChange={(event) => onChange({ reflectionMetadata: event.currentTarget.checked ? [] : undefined })}
          />
          {t("target.field.reflectionMetadata")}
        </label>
        {form.reflectionMetadata === undefined ? null : (
          <HeldMetadataEditor
            rows={form.reflectionMetadata}
            onRowsChange={(reflectionMetadata) => onChange({ reflectionMetadata })}
          />
        )}
      </FormSection>
      <FormSection title={t("target.section.limits")} summary={limits.join(", ")} hasProblem={hasLimitProblem}>
        <div className={classes.pair}>
          <TextInput
            label={t("target.field.deadline")}
            description={t("target.field.deadlineHint")}
            placeholder={t("deadline.none")}
            value={form.defaultDeadline}
            onChange={(event) => onChange({ defaultDeadline: event.currentTarget.value })}
            error={byField.get("default_deadline") ?? (unread.has("defaultDeadline") ? refused : null)}
          />
          <TextInput
            label={t("target.field.keepalive")}
            description={t("target.field.keepaliveHint")}
            placeholder={t("target.field.never")}
            value={form.keepalive}
            onChange={(event) => onChange({ keepalive: event.currentTarget.value })}
            error={byField.get("keepalive") ?? (unread.has("keepalive") ? refused : null)}
          />
          <TextInput
            label={t("target.field.maxMessage")}
            description={t("target.field.maxMessageHint")}
            placeholder={t("target.field.serversOwn")}
            value={form.maxMessage}
            onChange={(event) => onChange({ maxMessage: event.currentTarget.value })}
            error={
              byField.get("max_message_bytes") ??
              (unread.has("maxMessage") ? t("target.field.maxMessageProblem") : null)
            }
          />
        </div>
      </FormSection>
    </div>
  );
}
