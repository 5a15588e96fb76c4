import type { DescMethod } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { CallBar } from "../../request/call-bar.tsx";
import { isStream } from "../../request/check-draft.ts";
import type { Draft } from "../../request/draft.ts";
import { RequestPane } from "../../request/request-pane.tsx";
import { ResponsePane } from "../../response/response-pane.tsx";
import { StatusAnnouncer } from "../../response/status-announcer.tsx";
import { UnaryBody } from "../../response/unary-body.tsx";
import { RateMeter } from "../../stream/rate-meter.tsx";
import { StreamView } from "../../stream/stream-view.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Split } from "../../ui/split.tsx";
import { TokenPrompt } from "../access/token-prompt.tsx";
import { useServices } from "../services.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import type { TabSession } from "../workbench/sessions.ts";
import classes from "./call-view.module.css";
import { DocComment } from "./doc-comment.tsx";
import { IdleHint } from "./idle-hint.tsx";
import { MethodHeading } from "./method-heading.tsx";

/** Props of `CallView`. */
export interface CallViewProps {
  readonly tab: OpenTab;
  readonly method: DescMethod;
  readonly session: TabSession;
  /** Request above response, whatever was chosen. */
  readonly isNarrow: boolean;
}

/** One tab's call: the method and how it is called above, request and response below. */
export function CallView({ tab, method, session, isNarrow }: CallViewProps) {
  const { t } = useTranslation();
  const { workbench, preferences, comments, registry, nonce, commandKey } = useServices();
  const { arrangement, requestShare } = useStore(preferences);
  const { index } = useStore(comments);
  const { call, actions, memory } = session;
  const onDraftChange = (change: Partial<Draft>) => workbench.change(tab.id, change);
  const direction = isNarrow ? "stacked" : arrangement;
  const other = arrangement === "beside" ? "stacked" : "beside";
  return (
    <div className={classes.view} role="tabpanel" id="call-panel" aria-labelledby={`tab-${tab.id}`}>
      <div className={classes.head}>
        <MethodHeading method={method} tab={tab} />
        <CallBar
          method={method}
          draft={tab.draft}
          onDraftChange={onDraftChange}
          call={call}
          actions={actions}
          commandKey={commandKey}
        />
        {isNarrow ? null : (
          <IconButton
            icon={other}
            label={t(`app.arrange.${other}`)}
            keys={`${commandKey} \\`}
            onClick={() => preferences.setState({ arrangement: other })}
          />
        )}
        <div className={classes.comment}>
          <DocComment text={index?.commentOf(method)} />
        </div>
      </div>
      <div className={classes.panes}>
        <Split
          direction={direction}
          share={requestShare}
          onShareChange={(share) => preferences.setState({ requestShare: share })}
          label={t("app.resizePanes")}
          first={
            <RequestPane
              method={method}
              registry={registry}
              comments={index}
              draft={tab.draft}
              onDraftChange={onDraftChange}
              call={call}
              actions={actions}
              memory={memory}
              nonce={nonce}
              commandKey={commandKey}
            />
          }
          second={
            <ResponsePane
              call={call}
              registry={registry}
              isStream={isStream(method)}
              messages={
                isStream(method) ? (
                  <StreamView call={call} method={method} registry={registry} />
                ) : (
                  <UnaryBody call={call} method={method} registry={registry} />
                )
              }
              meter={isStream(method) ? <RateMeter call={call} /> : null}
              remedy={<TokenPrompt call={call} onRetry={actions.start} />}
              placeholder={<IdleHint method={method} commandKey={commandKey} />}
            />
          }
        />
      </div>
      <StatusAnnouncer call={call} name={method.name} />
    </div>
  );
}
