import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FormSection } from "./form-section.tsx";
import classes from "./target-dialog.module.css";
import type { TargetFieldsProps } from "./target-fields.tsx";
import type { TlsForm } from "./target-form.ts";

/** How the server's identity is checked and ours is shown. */
export function TlsSection({ form, onChange, problems }: TargetFieldsProps) {
  const { t } = useTranslation();
  const { tls } = form;
  const change = (next: Partial<TlsForm>) => onChange({ tls: { ...tls, ...next } });
  const files = [
    { key: "caFile", field: "tls.ca_file", label: t("target.field.caFile"), placeholder: "ca.pem" },
    { key: "serverName", field: "tls.server_name", label: t("target.field.serverName"), placeholder: "" },
    {
      key: "certificateFile",
      field: "tls.certificate_file",
      label: t("target.field.certificateFile"),
      placeholder: "client.pem",
    },
    { key: "keyFile", field: "tls.key_file", label: t("target.field.keyFile"), placeholder: "client.key" },
  ] as const;
  const whole = problems.byField.get("tls");
  const summary = files.map(({ key }) => tls[key]).filter((text) => text !== "");
  return (
    <FormSection
      title={t("target.section.tls")}
      summary={tls.insecure ? t("target.insecure") : summary.join(", ")}
      isDangerous={tls.insecure}
      hasProblem={whole !== undefined || files.some(({ field }) => problems.byField.has(field))}
    >
      <p className={classes.hint}>{t("target.field.tlsHint")}</p>
      {whole === undefined ? null : <p className={classes.problem}>{`${t("target.section.tls")} ${whole}`}</p>}
      <div className={classes.pair}>
        {files.map(({ key, field, label, placeholder }) => (
          <TextInput
            key={key}
            className={classes.mono}
            label={label}
            placeholder={placeholder}
            value={tls[key]}
            onChange={(event) => change({ [key]: event.currentTarget.value })}
            error={problems.byField.get(field)}
            spellCheck={false}
            autoCapitalize="off"
          />
        ))}
      </div>
      <label className={classes.check} data-danger={tls.insecure || undefined}>
        <input
          type="checkbox"
          checked={tls.insecure}
          onChange={(event) => change({ insecure: event.currentTarget.checked })}
        />
        <span>
          {t("target.field.insecure")}
          <span className={classes.hint} style={{ display: "block" }}>
            {t("target.insecureHint")}
          </span>
        </span>
      </label>
    </FormSection>
  );
}
