import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import type { Call } from "../../call/call.ts";
import type { MessageEvent } from "../../call/event-log.ts";
import type { CallSubject } from "../../request/check-draft.ts";
import type { MoreTab } from "../../response/response-pane.tsx";
import type { WirePlace } from "../../response/wire/wire-panel.tsx";
import type { TabSession } from "../workbench/sessions.ts";
import classes from "./call-view.module.css";

/** What the answer's tabs are made of. */
export interface AnswerTabsOptions {
  readonly session: TabSession;
  /** What is called now. */
  readonly subject: CallSubject;
  /** By which the newest answer came. */
  readonly method: DescMethod;
  readonly registry: Registry;
}

/** The tabs of an answer, and the way to one of them. */
export interface AnswerTabs {
  /** The id of the tab in front. */
  readonly tab: string;
  readonly onTabChange: (tab: string) => void;
  /** Those beside the pane's own. */
  readonly moreTabs: readonly MoreTab[];
  /** Shows a message of the newest run as the wire carried it; without one, the newest. */
  readonly openWire: (event: MessageEvent | undefined) => void;
}

const WirePanel = lazy(async () => ({ default: (await import("../../response/wire/wire-panel.tsx")).WirePanel }));

const ComparePanel = lazy(async () => ({
  default: (await import("../../response/compare/compare-panel.tsx")).ComparePanel,
}));

/** Which tab of an answer is in front, and those that are loaded only when they are asked for. */
export function useAnswerTabs({ session, subject, method, registry }: AnswerTabsOptions): AnswerTabs {
  const { call, actions, runs, earlier, answerTab } = session;
  const { t } = useTranslation();
  const { tab } = useStore(answerTab);
  const setTab = (next: string) => answerTab.setState({ tab: next });
  const [place, setPlace] = useState<WirePlace & { readonly call: Call }>();
  const shown = place?.call === call ? place : undefined;
  const moreTabs: readonly MoreTab[] = [
    {
      id: "wire",
      name: t("wire.tab"),
      panel: (
        <Suspense fallback={<p className={classes.loading}>{t("wire.loading")}</p>}>
          <WirePanel
            key={`${method.parent.typeName}.${method.name}`}
            call={call}
            method={method}
            registry={registry}
            shown={shown}
          />
        </Suspense>
      ),
    },
    {
      id: "compare",
      name: t("compare.tab"),
      panel: (
        <Suspense fallback={<p className={classes.loading}>{t("compare.loading")}</p>}>
          <ComparePanel
            method={subject.method}
            wires={subject.wires}
            prepare={actions.prepare}
            runs={runs}
            earlier={earlier}
          />
        </Suspense>
      ),
    },
  ];
  return {
    tab,
    onTabChange: setTab,
    moreTabs,
    openWire: (event) => {
      setPlace(event && { call, runId: call.getState().runId, index: event.index });
      setTab("wire");
    },
  };
}
