import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { CallBar } from "../../request/call-bar.tsx";
import type { CallSubject } from "../../request/check-draft.ts";
import type { Draft } from "../../request/draft.ts";
import { type RequestHandle, RequestPane } from "../../request/request-pane.tsx";
import { StatusAnnouncer } from "../../response/status-announcer.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Split } from "../../ui/split.tsx";
import { openPasted } from "../open-pasted.ts";
import { useServices } from "../services.ts";
import { useTarget } from "../target/use-target.ts";
import type { OpenTab } from "../workbench/open-tab.ts";
import type { TabSession } from "../workbench/sessions.ts";
import { AnswerView } from "./answer-view.tsx";
import classes from "./call-view.module.css";
import { DocComment } from "./doc-comment.tsx";
import { MethodHeading } from "./method-heading.tsx";

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
  const request = useRef<RequestHandle>(null);
  const onDraftChange = (change: Partial<Draft>) => workbench.change(tab.id, change);
  const direction = isNarrow ? "stacked" : arrangement;
  const other = arrangement === "beside" ? "stacked" : "beside";
  return (
    <div className={classes.view} role="tabpanel" id="call-panel" aria-labelledby={`tab-${tab.id}`}>
      <div className={classes.head}>
        <MethodHeading method={method} tabId={tab.id} route={tab.route} target={target} schema={entry?.schema} />
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
          second={<AnswerView subject={subject} session={session} request={request} commandKey={commandKey} />}
        />
      </div>
      <StatusAnnouncer call={call} name={method.name} />
    </div>
  );
}
