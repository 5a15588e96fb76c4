import { memo, type RefObject } from "react";
import { type CallSubject, isStream } from "../../request/check-draft.ts";
import type { RequestHandle } from "../../request/request-pane.tsx";
import { ResponsePane } from "../../response/response-pane.tsx";
import { UnaryBody } from "../../response/unary-body.tsx";
import { RateMeter } from "../../stream/rate-meter.tsx";
import { StreamView } from "../../stream/stream-view.tsx";
import { useSelected } from "../../ui/use-snapshot.ts";
import { TokenPrompt } from "../access/token-prompt.tsx";
import type { TabSession } from "../workbench/sessions.ts";
import { IdleHint } from "./idle-hint.tsx";
import { useAnswerTabs } from "./use-answer-tabs.tsx";

/** Props of `AnswerView`. */
export interface AnswerViewProps {
  readonly subject: CallSubject;
  readonly session: TabSession;
  /** Where the fields are that an answer can lead to. */
  readonly request: RefObject<RequestHandle | null>;
  readonly commandKey: string;
}

/** What came back for one tab's call. Apart from the request, and not drawn anew while that is typed. */
export const AnswerView = memo(function AnswerView({ subject, session, request, commandKey }: AnswerViewProps) {
  const { call, actions } = session;
  // What came is read by the schema by which it was asked for.
  const method = useSelected(call, (state) => state.method) ?? subject.method;
  const registry = useSelected(call, (state) => state.registry) ?? subject.registry;
  const { openWire, ...answerTabs } = useAnswerTabs({ session, subject, method, registry });
  const messages = isStream(method) ? (
    <StreamView call={call} method={method} registry={registry} onOpenWire={openWire} />
  ) : (
    <UnaryBody call={call} method={method} registry={registry} onOpenWire={openWire} />
  );
  return (
    <ResponsePane
      call={call}
      registry={registry}
      isStream={isStream(method)}
      messages={messages}
      {...answerTabs}
      meter={isStream(method) ? <RateMeter call={call} /> : null}
      remedy={<TokenPrompt call={call} onRetry={actions.start} />}
      placeholder={<IdleHint method={subject.method} commandKey={commandKey} />}
      onGoToField={(path) => request.current?.goToField(path)}
      onRetry={actions.start}
    />
  );
});
