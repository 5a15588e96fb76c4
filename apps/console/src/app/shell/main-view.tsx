import { useStore } from "zustand";
import { findMethod } from "../../schema/service-catalog.ts";
import { ErrorBoundary } from "../error-boundary.tsx";
import { useServices } from "../services.ts";
import { StartPage } from "../start/start-page.tsx";
import { CallView } from "./call-view.tsx";
import { UnknownMethod } from "./unknown-method.tsx";

/** Props of `MainView`. */
export interface MainViewProps {
  readonly isNarrow: boolean;
}

/** The active tab's call, or the first-minute page. */
export function MainView({ isNarrow }: MainViewProps) {
  const { workbench, sessions } = useServices();
  const tab = useStore(workbench.store, ({ tabs, activeId }) => tabs.find(({ id }) => id === activeId));
  if (tab === undefined) {
    return <StartPage />;
  }
  const method = findMethod(tab.route.service, tab.route.method);
  return (
    <ErrorBoundary key={tab.id}>
      {method === undefined ? (
        <UnknownMethod tab={tab} />
      ) : (
        <CallView tab={tab} method={method} session={sessions.of(tab, method)} isNarrow={isNarrow} />
      )}
    </ErrorBoundary>
  );
}
