import type { DescMethod } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Call } from "../../call/call.ts";
import { type CallActions, createCallActions, isRunning } from "../../request/call-actions.ts";
import type { CallSubject } from "../../request/check-draft.ts";
import { createDraftReader, type DraftReader } from "../../request/document/draft-reader.ts";
import { createDraft } from "../../request/draft.ts";
import type { EditorMemory } from "../../request/editor/editor-memory.ts";
import { createPasteDesk, type PasteDesk } from "../../request/paste/paste-desk.ts";
import type { RuleWatch } from "../../request/rules/rule-watch.ts";
import { followRefusals, type ServerRefusals } from "../../request/rules/server-refusals.ts";
import { type AnswerRuns, createAnswerRuns } from "../../response/compare/answer-runs.ts";
import { type EarlierAnswersState, keepEarlierAnswers } from "../../response/compare/earlier-answers.ts";
import { createId } from "../../ui/create-id.ts";
import type { MethodRoute } from "../route.ts";
import type { AnswerKeeper } from "./keep-answers.ts";
import type { OpenTab } from "./open-tab.ts";
import type { Workbench } from "./workbench-store.ts";

/**
 * What a tab holds that no reload keeps: its call, what can be done with it, its editor's history and its text as
 * read, and what was pasted.
 */
export interface TabSession {
  readonly call: Call;
  readonly actions: CallActions;
  readonly memory: EditorMemory;
  readonly reader: DraftReader;
  /** The rules of the schema that the draft breaks. */
  readonly rules: RuleWatch;
  /** The fields that the server refused at last. */
  readonly refusals: StoreApi<ServerRefusals>;
  readonly desk: PasteDesk;
  /** Runs of the same request over several protocols. */
  readonly runs: AnswerRuns;
  /** The last answers of the call. */
  readonly earlier: StoreApi<EarlierAnswersState>;
  /** Which tab of the answer is in front, by its id. */
  readonly answerTab: StoreApi<{ readonly tab: string }>;
}

/** The sessions of all tabs. */
export interface Sessions {
  /** The tab's session, made when first asked for. What it calls from now on is `subject`: a refresh may have changed it. */
  of(tab: OpenTab, subject: CallSubject): TabSession;
  /** The tab's session, where it was asked for before. */
  find(tabId: string): TabSession | undefined;
  /** The ids of the tabs whose call is under way. */
  readonly live: StoreApi<ReadonlySet<string>>;
}

/** What sessions are made of. */
export interface SessionsOptions {
  /** Creates a call to a target, by the target's name. */
  readonly createCall: (target: string) => Call;
  readonly workbench: Workbench;
  readonly createRuleWatch: () => RuleWatch;
  /** Finds a method of a target. */
  readonly findMethod: (route: MethodRoute) => DescMethod | undefined;
  /** Lets answers outlive the page. */
  readonly answers: AnswerKeeper;
  /** Told when a call ended because the server goes away or can't be reached. */
  readonly onUnavailable: () => void;
}

/** Creates the sessions of a workbench. That of a tab that can't come back any more is forgotten, and its call cancelled. */
export function createSessions(options: SessionsOptions): Sessions {
  const { createCall, workbench, answers, createRuleWatch, findMethod, onUnavailable } = options;
  const sessions = new Map<string, TabSession>();
  const subjects = new Map<string, CallSubject>();
  const live = createStore<ReadonlySet<string>>(() => new Set());
  const noteLive = (tabId: string, isLive: boolean) => {
    const before = live.getState();
    if (before.has(tabId) !== isLive) {
      live.setState(new Set(isLive ? [...before, tabId] : [...before].filter((id) => id !== tabId)), true);
    }
  };
  const drop = (tabId: string) => {
    sessions.get(tabId)?.call.cancel();
    sessions.get(tabId)?.runs.cancel();
    sessions.delete(tabId);
    subjects.delete(tabId);
    noteLive(tabId, false);
  };
  workbench.store.subscribe(({ tabs, closed }, previous) => {
    if (tabs !== previous.tabs || closed !== previous.closed) {
      const held = new Set([...tabs, ...closed.map(({ tab }) => tab)].map(({ id }) => id));
      [...sessions.keys()].filter((id) => !held.has(id)).forEach(drop);
    }
  });
  return {
    live,
    find: (tabId) => sessions.get(tabId),
    of(tab, subject) {
      subjects.set(tab.id, subject);
      const known = sessions.get(tab.id);
      if (known !== undefined) {
        return known;
      }
      const call = createCall(tab.route.target);
      const getTab = () => workbench.store.getState().tabs.find(({ id }) => id === tab.id);
      const getDraft = () => getTab()?.draft ?? createDraft("");
      const getSubject = () => subjects.get(tab.id) ?? subject;
      const onSent = () => workbench.markSent(tab.id);
      const reader = createDraftReader();
      const rules = createRuleWatch();
      const session = {
        call,
        actions: createCallActions({ getSubject, call, getDraft, reader, rules, onSent }),
        reader,
        rules,
        refusals: followRefusals(call, () => getDraft().text),
        memory: { state: undefined, form: undefined },
        desk: createPasteDesk({
          getDraft,
          change: (change) => workbench.change(tab.id, change),
          getContext: () => ({
            ...getSubject(),
            findMethod: (service, method) =>
              findMethod({ target: getTab()?.route.target ?? tab.route.target, service, method }),
          }),
          createId,
        }),
        runs: createAnswerRuns(() => createCall(tab.route.target)),
        earlier: keepEarlierAnswers(call),
        answerTab: createStore<{ readonly tab: string }>(() => ({ tab: "messages" })),
      };
      call.subscribe(() => {
        const { phase } = call.getState();
        const wasLive = live.getState().has(tab.id);
        noteLive(tab.id, isRunning(call));
        if (wasLive && phase.kind === "closed" && phase.status.code === Code.Unavailable) {
          onUnavailable();
        }
      });
      sessions.set(tab.id, session);
      answers.follow(tab.id, call, subject);
      return session;
    },
  };
}
