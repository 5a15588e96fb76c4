import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { countText } from "../ui/format-figures.ts";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { saveFile } from "../ui/save-file.ts";
import { ndjsonText } from "./event-text.ts";
import classes from "./stream-view.module.css";
import type { Timeline } from "./use-timeline.ts";

/** Props of `StreamToolbar`. */
export interface StreamToolbarProps {
  readonly timeline: Timeline;
  readonly method: DescMethod;
  readonly registry: Registry;
  readonly isFollowing: boolean;
  readonly onToggleFollow: () => void;
}

/** What can be done with a stream's view: filter, follow, pause, export. */
export function StreamToolbar({ timeline, method, registry, isFollowing, onToggleFollow }: StreamToolbarProps) {
  const { t } = useTranslation();
  const { state, rows, query, setQuery, newer, togglePause } = timeline;
  const { log } = state;
  const isPaused = newer !== undefined;
  return (
    <div className={classes.toolbar}>
      <TextInput
        type="search"
        className={classes.filter}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        aria-label={t("stream.filter")}
        placeholder={t("stream.filter")}
        leftSection={<Icon name="search" />}
      />
      <span className={classes.matching} role="status">
        {query === "" ? "" : t("stream.matching", { count: countText(rows.length), total: countText(log.length) })}
      </span>
      <IconButton
        icon="tail"
        label={t("stream.follow")}
        text={t("stream.followWord")}
        keys="F"
        isPressed={isFollowing}
        onClick={onToggleFollow}
      />
      <IconButton
        icon={isPaused ? "play" : "pause"}
        label={isPaused ? t("stream.resume") : t("stream.pause")}
        text={isPaused ? t("stream.resumeWord") : t("stream.pauseWord")}
        keys="Space"
        onClick={togglePause}
      />
      <IconButton
        icon="download"
        label={t("stream.export")}
        text="NDJSON"
        disabled={log.length === 0}
        onClick={() => saveFile(`${method.name}.ndjson`, ndjsonText(log, { method, registry }))}
      />
    </div>
  );
}
