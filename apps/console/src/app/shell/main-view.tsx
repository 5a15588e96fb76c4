import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { localTarget } from "../../schema/local-schema.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { useServices } from "../services.ts";
import { StartPage } from "../start/start-page.tsx";
import { useSubject } from "../target/subject.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import { CallView } from "./call-view.tsx";
import { MissingMethod } from "./missing-method.tsx";

/** Props of `MainView`. */
export interface MainViewProps {
  readonly isNarrow: boolean;
}

const TargetPage = lazy(async () => ({ default: (await import("../target/target-page.tsx")).TargetPage }));

/** The active tab's call, or the page of the target: for the built-in services the first minute. */
export function MainView({ isNarrow }: MainViewProps) {
  const { workbench } = useServices();
  const tab = useStore(workbench.store, ({ tabs, activeId }) => tabs.find(({ id }) => id === activeId));
  const target = useStore(workbench.store, (state) => state.target);
  if (tab !== undefined) {
    return (
      <ErrorBoundary key={tab.id}>
        <TabView tab={tab} isNarrow={isNarrow} />
      </ErrorBoundary>
    );
  }
  return target === localTarget ? (
    <StartPage />
  ) : (
    <ErrorBoundary key={target}>
      <Suspense fallback={null}>
        <TargetPage name={target} />
      </Suspense>
    </ErrorBoundary>
  );
}

function TabView({ tab, isNarrow }: MainViewProps & { readonly tab: OpenTab }) {
  const { sessions } = useServices();
  const subject = useSubject(tab.route);
  return subject === undefined ? (
    <MissingMethod tab={tab} />
  ) : (
    <CallView tab={tab} subject={subject} session={sessions.of(tab, subject)} isNarrow={isNarrow} />
  );
}
