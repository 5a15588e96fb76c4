import { type Source, Source_Kind } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { useTranslation } from "react-i18next";
import classes from "./source-line.module.css";

/** Props of `SourceLine`. */
export interface SourceLineProps {
  readonly source: Source;
}

const kindKeys = {
  [Source_Kind.UNSPECIFIED]: "unknown",
  [Source_Kind.REFLECTION]: "reflection",
  [Source_Kind.PROTO_FILES]: "protoFiles",
  [Source_Kind.DESCRIPTORS]: "descriptors",
} as const;

/** Where symbols come from: what it is, how much it has, what is wrong with it, and what was mended on the way. */
export function SourceLine({ source }: SourceLineProps) {
  const { t } = useTranslation();
  const { kind, label, version, fileCount, problem, notes } = source;
  return (
    <div className={classes.source}>
      <span className={classes.line}>
        <span className={classes.kind}>{t(`schema.source.${kindKeys[kind]}`)}</span>
        {kind === Source_Kind.REFLECTION ? null : <span>{label}</span>}
        <span className={classes.facts}>
          {[version, fileCount === 0 ? "" : t("schema.fileCount", { count: fileCount })]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </span>
      {problem === "" ? null : <p className={classes.problem}>{problem}</p>}
      {notes.length === 0 ? null : (
        <details className={classes.notes}>
          <summary>{t("schema.notes", { count: notes.length })}</summary>
          <ul>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
