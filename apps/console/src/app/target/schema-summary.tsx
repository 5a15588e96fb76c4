import { Code } from "@connectrpc/connect";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { TargetSchema } from "../../schema/target-schema.ts";
import type { SchemaEntry } from "../../target/schema-store.ts";
import { countText } from "../../ui/format-figures.ts";
import { TokenForm } from "../access/token-form.tsx";
import { useServices } from "../services.ts";
import { SourceLine } from "./source-line.tsx";
import classes from "./target-page.module.css";

/** Props of `SchemaSummary`. */
export interface SchemaSummaryProps {
  readonly target: string;
  readonly entry: SchemaEntry | undefined;
}

/** What is known of a target's methods: how many there are, where from, and which can't be called. */
export function SchemaSummary({ target, entry }: SchemaSummaryProps) {
  const { t } = useTranslation();
  const { schemas } = useServices();
  const refresh = () => void schemas.refresh(target, { askTarget: true });
  return (
    <section className={classes.section} aria-label={t("schema.title")}>
      <h3>{t("schema.title")}</h3>
      {entry === undefined || entry.phase === "loading" ? <p className={classes.lead}>{t("schema.loading")}</p> : null}
      {entry?.phase === "failed" ? (
        <div className={classes.panel} data-kind="failed" role="alert">
          <p>{entry.schema === undefined ? t("schema.failed") : t("schema.keptOld")}</p>
          <p>{entry.error?.rawMessage}</p>
          <Button variant="default" onClick={refresh}>
            {t("schema.tryAgain")}
          </Button>
          {entry.error?.code === Code.Unauthenticated ? <TokenForm onRetry={refresh} /> : null}
        </div>
      ) : null}
      {entry?.schema === undefined ? null : <Known target={target} schema={entry.schema} />}
    </section>
  );
}

function Known({ target, schema }: { readonly target: string; readonly schema: TargetSchema }) {
  const { t } = useTranslation();
  const { dialogs, schemas } = useServices();
  const services = schema.groups.flatMap((group) => group.services);
  const broken = schema.groups.flatMap((group) => group.broken);
  const methods = services.reduce((sum, service) => sum + service.methods.length, 0);
  return (
    <>
      {services.length === 0 ? null : <p className={classes.lead}>{t("schema.choose")}</p>}
      <p className={classes.lead}>
        {services.length === 0
          ? t("schema.none")
          : t("schema.figures", { services: countText(services.length), methods: countText(methods) })}
      </p>
      <ul className={classes.list}>
        {schema.sources.map((source) => (
          <li key={source.id}>
            <SourceLine source={source} />
          </li>
        ))}
      </ul>
      {services.length === 0 ? (
        <div className={classes.actions}>
          <Button variant="default" onClick={() => void schemas.refresh(target, { askTarget: true })}>
            {t("schema.tryAgain")}
          </Button>
          <Button onClick={() => dialogs.setState({ open: { kind: "schema", target } })}>{t("schema.addFiles")}</Button>
        </div>
      ) : null}
      {broken.length === 0 ? null : (
        <div className={classes.section}>
          <h3>{t("schema.brokenServices")}</h3>
          <ul className={classes.list}>
            {broken.map(({ name, problem }) => (
              <li key={name} className={classes.broken}>
                <code>{name}</code>
                <p>{problem === "" ? t("tree.noDescriptor") : problem}</p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
