import type { DescMethod } from "@bufbuild/protobuf";
import type { TabSession } from "../workbench/sessions.ts";

/** Runs what a card shows: sends the example; a client stream is half-closed after it, so that its answer comes. */
export function runCard(method: DescMethod, { actions, call }: TabSession): void {
  switch (method.methodKind) {
    case "unary":
    case "server_streaming":
      actions.start();
      break;
    case "client_streaming":
      call.cancel();
      actions.sendMessages();
      actions.halfClose();
      break;
    case "bidi_streaming":
      actions.sendMessages();
      break;
  }
}
