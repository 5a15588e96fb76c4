import type { DescMessage, Message, Registry } from "@bufbuild/protobuf";
import { createStore, type StoreApi } from "zustand/vanilla";
import { hasRules } from "./has-rules.ts";
import type { PlacedViolation } from "./place-violations.ts";
import { loadRuleChecker, type RuleChecker } from "./rule-checker.ts";

/** The longest text whose messages are checked: 128 Ki UTF-16 units, so that a check is done before the next key. */
export const maxCheckedLength = 131_072;

/** The most broken rules that are told. */
const maxViolations = 100;

/** What is known of the rules that a draft breaks. */
export interface RuleWatchState {
  /** Of the newest text that was checked; none where its messages can't be read. */
  readonly violations: readonly PlacedViolation[];
  /** Why the rules are not checked: the text is too long, or a rule of the schema can't be computed (`reason`). */
  readonly problem: { readonly kind: "tooLong" } | { readonly kind: "broken"; readonly reason: string } | undefined;
}

/** What is checked. */
export interface WatchedText {
  readonly text: string;
  readonly input: DescMessage;
  readonly registry: Registry;
  /** Reads the text's messages; undefined where it has another fault. Called when there is time. */
  readonly read: () => readonly Message[] | undefined;
}

/** Checks the messages of a draft against the rules of its schema, behind what is typed. */
export interface RuleWatch {
  readonly store: StoreApi<RuleWatchState>;
  /** Has a text checked when there is time; an older one that still waits is not checked any more. */
  watch(watched: WatchedText): void;
  /** How many rules these messages break, as far as that can be told at once: 0 while nothing can be checked. */
  countBroken(messages: readonly Message[], subject: Omit<WatchedText, "read">): number;
}

/** What a watch needs. */
export interface RuleWatchOptions {
  /** Runs a task once there is time, and answers what calls it off. */
  readonly whenIdle: (task: () => void) => () => void;
}

/** Creates the watch of one draft. The library that checks is loaded when the first text with rules is watched. */
export function createRuleWatch({ whenIdle }: RuleWatchOptions): RuleWatch {
  const store = createStore<RuleWatchState>(() => nothingKnown);
  let newest: WatchedText | undefined;
  let callOff = () => {};
  let loaded: { readonly registry: Registry; readonly checker: RuleChecker } | undefined;

  const show = (state: RuleWatchState) => {
    if (state !== store.getState()) {
      store.setState(state, true);
    }
  };
  const checkNewest = (checker: RuleChecker) => {
    const messages = newest?.read();
    if (newest === undefined || messages === undefined) {
      return;
    }
    show(check(checker, newest.input, messages));
  };
  const begin = async (watched: WatchedText) => {
    const checker = await loadRuleChecker(watched.registry);
    loaded = { registry: watched.registry, checker };
    if (newest === watched) {
      callOff = whenIdle(() => checkNewest(checker));
    }
  };
  return {
    store,
    watch(watched) {
      callOff();
      newest = watched;
      if (!hasRules(watched.input, watched.registry)) {
        show(nothingKnown);
        return;
      }
      if (watched.text.length > maxCheckedLength) {
        show(tooLong);
        return;
      }
      // Without the library nothing is told, and the server has the last word all the same.
      begin(watched).catch(() => show(nothingKnown));
    },
    countBroken(messages, { text, input, registry }) {
      if (loaded?.registry !== registry || text.length > maxCheckedLength) {
        return 0;
      }
      return check(loaded.checker, input, messages).violations.length;
    },
  };
}

const nothingKnown: RuleWatchState = { violations: [], problem: undefined };
const tooLong: RuleWatchState = { violations: [], problem: { kind: "tooLong" } };

function check(checker: RuleChecker, input: DescMessage, messages: readonly Message[]): RuleWatchState {
  const violations: PlacedViolation[] = [];
  for (const [position, message] of messages.entries()) {
    const result = checker.check(input, message);
    if (result.kind === "broken") {
      return { violations: [], problem: { kind: "broken", reason: result.reason } };
    }
    violations.push(...result.violations.map((violation) => ({ ...violation, position })));
    if (violations.length >= maxViolations) {
      break;
    }
  }
  return { violations: violations.slice(0, maxViolations), problem: undefined };
}
