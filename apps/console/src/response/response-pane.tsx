import type { Registry } from "@bufbuild/protobuf";
import { Tabs } from "@mantine/core";
import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import tabs from "../ui/tabs.module.css";
import { useSelected, useSnapshot } from "../ui/use-snapshot.ts";
import classes from "./response-pane.module.css";
import { ResponseSummary } from "./response-summary.tsx";

// Loaded when there is something to show.
const FieldTable = lazy(async () => ({ default: (await import("./fields/field-table.tsx")).FieldTable }));
const StatusPanel = lazy(async () => ({ default: (await import("./status-panel.tsx")).StatusPanel }));
const TimingPanel = lazy(async () => ({ default: (await import("./timing/timing-panel.tsx")).TimingPanel }));

/** A tab beside the pane's own. */
export interface MoreTab {
  readonly id: string;
  readonly name: string;
  readonly panel: ReactNode;
}

/** Props of `ResponsePane`. */
export interface ResponsePaneProps {
  readonly call: Call;
  readonly registry: Registry;
  /** Whether the call's messages form a stream, which names the first tab. */
  readonly isStream: boolean;
  /** The messages: one for a unary call, a timeline for a stream. */
  readonly messages: ReactNode;
  /** The id of the tab in front: `messages`, `headers`, `trailers`, `timing`, or that of one of `moreTabs`. */
  readonly tab: string;
  readonly onTabChange: (tab: string) => void;
  readonly moreTabs: readonly MoreTab[];
  /** Shown in the line with the status: the rate of a stream. */
  readonly meter: ReactNode;
  /** Shown below a status that is not OK: what the user may do about it. */
  readonly remedy: ReactNode;
  /** Shown before the first run. */
  readonly placeholder: ReactNode;
  /** Goes to a field of the request by its path, as in `user.emails[2]`; left out where that can't be done. */
  readonly onGoToField?: ((path: string) => void) | undefined;
  /** Makes the call again; left out where that can't be done. */
  readonly onRetry?: (() => void) | undefined;
}

/** What came back: status, messages, headers, trailers and timing. */
export function ResponsePane(props: ResponsePaneProps) {
  const { call, registry, isStream, messages, tab, onTabChange, moreTabs, meter, remedy, placeholder } = props;
  const { onGoToField, onRetry } = props;
  const { t } = useTranslation();
  const phase = useSelected(call, (state) => state.phase);
  const headers = useSelected(call, (state) => state.headers);
  const trailers = useSelected(call, (state) => state.trailers);
  const isFolded = useSelected(call, (state) => state.foldedFields);
  // A unary call of Connect has its trailers among the headers.
  const isTrailersHeader = useSelected(call, (state) => !isStream && state.protocol?.startsWith("connect") === true);
  const startedAt = useSelected(call, (state) => state.startedAt);
  const endedMs = useSelected(call, (state) => state.endedMs);
  if (phase.kind === "idle") {
    return (
      <section className={classes.pane} aria-label={t("response.label")}>
        {placeholder}
      </section>
    );
  }
  const status = phase.kind === "closed" ? phase.status : undefined;
  return (
    <section className={classes.pane} aria-label={t("response.label")}>
      <LiveSummary call={call} meter={meter} />
      {status === undefined || status.code === 0 ? null : (
        <Suspense>
          <StatusPanel
            status={status}
            registry={registry}
            endedAt={(startedAt ?? 0) + (endedMs ?? 0)}
            onGoToField={onGoToField}
            onRetry={onRetry}
          />
        </Suspense>
      )}
      {remedy}
      <Tabs value={tab} onChange={(next) => onTabChange(next ?? "messages")} classNames={tabs} keepMounted={false}>
        <div className={tabs.bar}>
          <Tabs.List aria-label={t("response.label")}>
            <Tabs.Tab value="messages">{isStream ? t("response.messages") : t("response.body")}</Tabs.Tab>
            <Tabs.Tab value="headers" rightSection={<Count value={headers?.length} />}>
              {t("response.headers")}
            </Tabs.Tab>
            <Tabs.Tab value="trailers" rightSection={<Count value={trailers?.length} />}>
              {t("response.trailers")}
            </Tabs.Tab>
            <Tabs.Tab value="timing">{t("response.timing")}</Tabs.Tab>
            {moreTabs.map(({ id, name }) => (
              <Tabs.Tab key={id} value={id}>
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </div>
        <Tabs.Panel value="messages">{messages}</Tabs.Panel>
        <Tabs.Panel value="headers">
          <Suspense>
            <FieldTable fields={headers} label={t("response.headers")} isFolded={isFolded} registry={registry} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="trailers">
          <Suspense>
            <FieldTable
              fields={trailers}
              label={t("response.trailers")}
              isFolded={isFolded && isTrailersHeader}
              registry={registry}
            />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="timing">
          <Suspense>
            <LiveTiming call={call} />
          </Suspense>
        </Tabs.Panel>
        {moreTabs.map(({ id, panel }) => (
          <Tabs.Panel key={id} value={id}>
            {panel}
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

/** Apart from the pane, since figures change with each frame. */
function LiveSummary({ call, meter }: Pick<ResponsePaneProps, "call" | "meter">) {
  return <ResponseSummary state={useSnapshot(call)} meter={meter} />;
}

function LiveTiming({ call }: Pick<ResponsePaneProps, "call">) {
  return <TimingPanel state={useSnapshot(call)} />;
}

function Count({ value }: { readonly value: number | undefined }) {
  return value === undefined || value === 0 ? null : <span className={tabs.count}>{value}</span>;
}
