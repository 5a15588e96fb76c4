import type { DescMethod } from "@bufbuild/protobuf";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Draft } from "../draft.ts";
import { partsOf, pasteChange } from "./paste-change.ts";
import type { PasteContext } from "./paste-context.ts";
import type { PasteReading } from "./paste-reading.ts";

/** What is said of the newest paste of a draft. */
export interface PasteNotice {
  readonly reading: PasteReading;
  /** What was filled in; undefined where nothing was, because the command calls the method `other`. */
  readonly change: Partial<Draft> | undefined;
  /** What brings the draft back. */
  readonly before: Partial<Draft>;
  /** The method of the same target that a command calls, where it is not the draft's own. */
  readonly other: DescMethod | undefined;
}

/** What a desk shows. */
export interface PasteDeskState {
  /** What is said of the newest paste, until it is dismissed or undone. */
  readonly notice: PasteNotice | undefined;
  /** Whether the newest paste was nothing that could be filled in. */
  readonly isRefused: boolean;
  /** Whether the panel is open in which a paste is looked at before it is filled in. */
  readonly isPanelOpen: boolean;
}

/** Where pasted things are filled into one tab's draft. */
export interface PasteDesk {
  readonly store: StoreApi<PasteDeskState>;
  /** What a paste is read for. */
  getContext(): PasteContext;
  /** Fills a reading in; one that calls another method of the target is only shown. */
  take(reading: PasteReading): void;
  /** Fills a reading in, whatever method it calls. */
  fillIn(reading: PasteReading): void;
  /** Says that a paste was nothing that could be filled in. */
  refuse(): void;
  /** Brings back what stood there before the paste. */
  undo(): void;
  dismiss(): void;
  openPanel(): void;
  closePanel(): void;
}

/** What a desk works on. */
export interface PasteDeskOptions {
  readonly getDraft: () => Draft;
  readonly change: (change: Partial<Draft>) => void;
  readonly getContext: () => PasteContext;
  readonly createId: () => string;
}

const nothing = { notice: undefined, isRefused: false };

/** Creates the desk of one tab. */
export function createPasteDesk({ getDraft, change, getContext, createId }: PasteDeskOptions): PasteDesk {
  const store = createStore<PasteDeskState>(() => ({ ...nothing, isPanelOpen: false }));
  const show = (notice: PasteNotice) => store.setState({ notice, isRefused: false });
  const fillIn = (reading: PasteReading) => {
    const draft = getDraft();
    const filled = pasteChange(reading, draft, createId);
    const other = otherMethod(reading, getContext());
    show({ reading, change: filled, before: partsOf(draft, filled), other });
    change(filled);
  };
  return {
    store,
    getContext,
    fillIn,
    take(reading) {
      const other = otherMethod(reading, getContext());
      other === undefined ? fillIn(reading) : show({ reading, change: undefined, before: {}, other });
    },
    refuse: () => store.setState({ notice: undefined, isRefused: true }),
    undo() {
      const { notice } = store.getState();
      if (notice !== undefined) {
        store.setState(nothing);
        change(notice.before);
      }
    },
    dismiss: () => store.setState(nothing),
    openPanel: () => store.setState({ isPanelOpen: true }),
    closePanel: () => store.setState({ isPanelOpen: false }),
  };
}

/** The method that a reading calls, where the target has it and it is not the one that it was read for. */
export function otherMethod(
  { method: called }: PasteReading,
  { method, findMethod }: Pick<PasteContext, "method" | "findMethod">,
): DescMethod | undefined {
  if (called === undefined || (called.service === method.parent.typeName && called.method === method.name)) {
    return undefined;
  }
  return findMethod(called.service, called.method);
}
