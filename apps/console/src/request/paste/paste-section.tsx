import { lazy, type RefObject, Suspense } from "react";
import { useSelected } from "../../ui/use-snapshot.ts";
import type { Draft } from "../draft.ts";
import type { PasteDesk } from "./paste-desk.ts";
import { PasteNoticeBar } from "./paste-notice-bar.tsx";
import type { PasteReading } from "./paste-reading.ts";
import { usePagePaste } from "./use-page-paste.ts";

const PastePanel = lazy(async () => ({ default: (await import("./paste-panel.tsx")).PastePanel }));

/** Props of `PasteSection`. */
export interface PasteSectionProps {
  readonly desk: PasteDesk;
  readonly draft: Draft;
  /** What the section stands in: takes the focus when the notice goes away with it. */
  readonly pane: RefObject<HTMLElement | null>;
  /** Opens the method that a command calls in a tab of its own, and fills the reading in there. */
  readonly onOpenMethod: (reading: PasteReading) => void;
}

/** What a request's pane has for pasting: the notice, the panel, and an ear for what is pasted where nothing takes it. */
export function PasteSection({ desk, draft, pane, onOpenMethod }: PasteSectionProps) {
  const isOpen = useSelected(desk.store, (state) => state.isPanelOpen);
  usePagePaste(pane, (text) => void pasteInto(desk, text));
  return (
    <>
      <PasteNoticeBar desk={desk} onOpenMethod={onOpenMethod} onDone={() => pane.current?.focus()} />
      {isOpen ? (
        <Suspense>
          <PastePanel desk={desk} draft={draft} onClose={desk.closePanel} />
        </Suspense>
      ) : null}
    </>
  );
}

async function pasteInto(desk: PasteDesk, text: string): Promise<void> {
  const { readPaste } = await import("./read-paste.ts");
  const reading = readPaste(text, desk.getContext());
  reading?.text === undefined && reading?.method === undefined ? desk.refuse() : desk.take(reading);
}
