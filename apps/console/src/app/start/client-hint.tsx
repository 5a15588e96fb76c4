import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "./start-page.module.css";

/** Props of `ClientHint`. */
export interface ClientHintProps {
  readonly baseUrl: string;
}

/** The address for clients of other kinds, with a line of Python. */
export function ClientHint({ baseUrl }: ClientHintProps) {
  const { t } = useTranslation();
  const { host, protocol } = new URL(baseUrl);
  const channel =
    protocol === "https:"
      ? `grpc.secure_channel("${host}", grpc.ssl_channel_credentials())`
      : `grpc.insecure_channel("${host}")`;
  const python = `stub = greeter_pb2_grpc.GreeterStub(${channel})`;
  return (
    <section className={classes.client} aria-labelledby="client-title">
      <h3 id="client-title">{t("start.client")}</h3>
      <p>{t("start.clientText")}</p>
      {[
        { label: t("start.address"), code: host },
        { label: t("start.python"), code: python },
      ].map(({ label, code }) => (
        <div key={label} className={classes.line}>
          <span className={classes.label}>{label}</span>
          <code>{code}</code>
          <CopyButton text={() => code} label={`${t("action.copy")}: ${label}`} />
        </div>
      ))}
    </section>
  );
}
