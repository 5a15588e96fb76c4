import { Code } from "@connectrpc/connect";
import type { Call } from "../../call/call.ts";
import { useSnapshot } from "../../ui/use-snapshot.ts";
import { TokenForm } from "./token-form.tsx";

/** Props of `TokenPrompt`. */
export interface TokenPromptProps {
  readonly call: Call;
  /** Makes the call again. */
  readonly onRetry: () => void;
}

/** Asks for the server's token after a call that ended with UNAUTHENTICATED; nothing after any other. */
export function TokenPrompt({ call, onRetry }: TokenPromptProps) {
  const { phase } = useSnapshot(call);
  const isAsked = phase.kind === "closed" && phase.status.code === Code.Unauthenticated;
  return isAsked ? <TokenForm onRetry={onRetry} /> : null;
}
