import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { CallBar } from "../../request/call-bar.tsx";
import { type CallSubject, isStream } from "../../request/check-draft.ts";
import type { Draft } from "../../request/draft.ts";
import { type RequestHandle, RequestPane } from "../../request/request-pane.tsx";
import { ResponsePane } from "../../response/response-pane.tsx";
import { StatusAnnouncer } from "../../response/status-announcer.tsx";
import { UnaryBody } from "../../response/unary-body.tsx";
import { RateMeter } from "../../stream/rate-meter.tsx";
import { StreamView } from "../../stream/stream-view.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Split } from "../../ui/split.tsx";
import { useSelected } from "../../ui/use-snapshot.ts";
import { TokenPrompt } from "../access/token-prompt.tsx";
import { openPasted } from "../open-pasted.ts";
import { useServices } from "../services.ts";
import { useTarget } from "../target/use-target.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import type { TabSession } from "../workbench/sessions.ts";
import classes from "./call-view.module.css";
import { DocComment } from "./doc-comment.tsx";
import { IdleHint } from "./idle-hint.tsx";
import { MethodHeading } from "./method-heading.tsx";
import { useAnswerTabs } from "./use-answer-tabs.tsx";

/** Props of `CallView`. */
export interface CallViewProps {
  readonly tab: OpenTab;
  readonly subject: CallSubject;
  readonly session: TabSession;
  /** Request above response, whatever was chosen. */
  readonly isNarrow: boolean;
}

/** One tab's call: the method and how it is called above, request and response below. */
export function CallView({ tab, subject, session, isNarrow }: CallViewProps) {
  const { t } = useTranslation();
  const services = useServices();
  const { workbench, preferences, nonce, commandKey } = services;
  const { arrangement, requestShare, messageView } = useStore(preferences);
  const { target, entry } = useTarget(tab.route.target);
  const { method, registry } = subject;
  const { call, actions, memory, reader, rules, refusals, desk } = session;
  // What came is read by the schema by which it was asked for.
  const asked = useSelected(call, (state) => state.method) ?? method;
  const askedRegistry = useSelected(call, (state) => state.registry) ?? registry;
  const { openWire, ...answerTabs } = useAnswerTabs({ session, subject, method: asked, registry: askedRegistry });
  const request = useRef<RequestHandle>(null);
  const onDraftChange = (change: Partial<Draft>) => workbench.change(tab.id, change);
  const direction = isNarrow ? "stacked" : arrangement;
  const other = arrangement === "beside" ? "stacked" : "beside";
  return (
    <div className={classes.view} role="tabpanel" id="call-panel" aria-labelledby={`tab-${tab.id}`}>
      <div className={classes.head}>
        <MethodHeading method={method} tab={tab} target={target} schema={entry?.schema} />
        <CallBar
          subject={subject}
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
          <DocComment text={entry?.schema?.commentOf(method)} />
        </div>
        {entry?.changes?.isTouched(method) === true ? (
          <p role="status" className={classes.changed}>
            {t("schema.methodChanged")}
          </p>
        ) : null}
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
              wires={subject.wires}
              comments={entry?.schema}
              draft={tab.draft}
              onDraftChange={onDraftChange}
              view={messageView}
              onViewChange={(view) => preferences.setState({ messageView: view })}
              call={call}
              actions={actions}
              ref={request}
              memory={memory}
              reader={reader}
              rules={rules}
              refusals={refusals}
              desk={desk}
              onOpenMethod={(reading) => openPasted(services, tab.route.target, reading)}
              nonce={nonce}
              commandKey={commandKey}
            />
          }
          second={
            <ResponsePane
              call={call}
              registry={askedRegistry}
              isStream={isStream(asked)}
              messages={
                isStream(asked) ? (
                  <StreamView call={call} method={asked} registry={askedRegistry} onOpenWire={openWire} />
                ) : (
                  <UnaryBody call={call} method={asked} registry={askedRegistry} onOpenWire={openWire} />
                )
              }
              {...answerTabs}
              meter={isStream(asked) ? <RateMeter call={call} /> : null}
              remedy={<TokenPrompt call={call} onRetry={actions.start} />}
              placeholder={<IdleHint method={method} commandKey={commandKey} />}
              onGoToField={(path) => request.current?.goToField(path)}
              onRetry={actions.start}
            />
          }
        />
      </div>
      <StatusAnnouncer call={call} name={method.name} />
    </div>
  );
}
