import { lazy, Suspense } from "react";
import type { MessageViewProps } from "./message-view.tsx";

const MessageView = lazy(async () => ({ default: (await import("./message-view.tsx")).MessageView }));

/** A `MessageView` whose code is loaded with the first message that is shown. */
export function LazyMessageView(props: MessageViewProps) {
  return (
    <Suspense>
      <MessageView {...props} />
    </Suspense>
  );
}
