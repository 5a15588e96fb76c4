import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { Button } from "@mantine/core";
import {
  ArrangeSourcesRequestSchema,
  type Source,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/icon-button.tsx";
import { useServices } from "../services.ts";
import classes from "./schema-dialog.module.css";
import { SourceLine } from "./source-line.tsx";

/** Props of `SourceList`. */
export interface SourceListProps {
  readonly target: string;
  readonly sources: readonly Source[];
  readonly onChanged: () => Promise<void>;
}

/** The source that every target can have. */
const reflectionId = "reflection";

/** A target's sources; each can be moved before or behind another, and dropped. */
export function SourceList({ target, sources, onChanged }: SourceListProps) {
  const { t } = useTranslation();
  const { clients } = useServices();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const ids = sources.map(({ id }) => id);
  const arrange = async (sourceIds: string[]) => {
    setIsBusy(true);
    setProblem("");
    try {
      await clients.schemas.arrangeSources(create(ArrangeSourcesRequestSchema, { target, sourceIds }));
      await onChanged();
    } catch (reason) {
      setProblem(ConnectError.from(reason).rawMessage);
    }
    setIsBusy(false);
  };
  const without = (dropped: string) => ids.filter((id) => id !== dropped);
  const move = ({ id }: Source, to: number) => void arrange(without(id).toSpliced(to, 0, id));
  return (
    <div>
      <ol className={classes.sources} aria-label={t("schema.sources")}>
        {sources.map((source, at) => {
          const name = source.label || source.id;
          return (
            <li key={source.id}>
              <SourceLine source={source} />
              <span className={classes.tools}>
                <IconButton
                  icon="up"
                  label={t("schema.moveUp", { name })}
                  disabled={isBusy || at === 0}
                  onClick={() => move(source, at - 1)}
                />
                <IconButton
                  icon="down"
                  label={t("schema.moveDown", { name })}
                  disabled={isBusy || at === sources.length - 1}
                  onClick={() => move(source, at + 1)}
                />
                <IconButton
                  icon="close"
                  label={t("schema.drop", { name })}
                  disabled={isBusy}
                  onClick={() => void arrange(without(source.id))}
                />
              </span>
            </li>
          );
        })}
      </ol>
      {ids.includes(reflectionId) ? null : (
        <Button variant="subtle" disabled={isBusy} onClick={() => void arrange([...ids, reflectionId])}>
          {t("schema.addReflection")}
        </Button>
      )}
      {problem === "" ? null : (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}
