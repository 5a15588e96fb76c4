import { Code } from "@connectrpc/connect";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Call } from "../../call/call.ts";
import { useSnapshot } from "../../ui/use-snapshot.ts";
import { useServices } from "../services.ts";
import { isToken } from "./access-token.ts";
import classes from "./token-prompt.module.css";

/** Props of `TokenPrompt`. */
export interface TokenPromptProps {
  readonly call: Call;
  /** Makes the call again. */
  readonly onRetry: () => void;
}

/** Asks for the server's token after a call that ended with UNAUTHENTICATED; nothing after any other. */
export function TokenPrompt({ call, onRetry }: TokenPromptProps) {
  const { t } = useTranslation();
  const { accessToken } = useServices();
  const { phase } = useSnapshot(call);
  const [text, setText] = useState("");
  if (phase.kind !== "closed" || phase.status.code !== Code.Unauthenticated) {
    return null;
  }
  const token = text.trim();
  return (
    <form
      className={classes.prompt}
      onSubmit={(event) => {
        event.preventDefault();
        accessToken.set(token);
        onRetry();
      }}
    >
      <p id="token-hint">{t("access.hint")}</p>
      <div className={classes.line}>
        <TextInput
          className={classes.field}
          type="password"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          aria-label={t("access.token")}
          aria-describedby="token-hint"
          placeholder={t("access.token")}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" variant="default" disabled={!isToken(token)}>
          {t("access.use")}
        </Button>
      </div>
    </form>
  );
}
