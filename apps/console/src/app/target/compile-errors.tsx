import type { CompileError } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { useTranslation } from "react-i18next";
import classes from "./schema-dialog.module.css";

/** Props of `CompileErrors`. */
export interface CompileErrorsProps {
  readonly errors: readonly CompileError[];
}

/** So many errors are shown; the first ones mostly cause the others. */
const maxShown = 100;

/** Why files were not taken, each fault with its file, line and column. */
export function CompileErrors({ errors }: CompileErrorsProps) {
  const { t } = useTranslation();
  return (
    <div role="alert" className={classes.errors}>
      <p>{t("schema.notCompiled", { count: errors.length })}</p>
      <ol aria-label={t("schema.errors")}>
        {errors.slice(0, maxShown).map((error, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: errors have no identity but their place, and never move.
          <li key={at}>
            {error.path === "" ? null : <code>{placeText(error)}</code>}
            <span>{error.message}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function placeText({ path, line, column }: CompileError): string {
  return [path, line, column].filter((part) => part !== 0).join(":");
}
