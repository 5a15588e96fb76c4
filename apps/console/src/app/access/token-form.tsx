import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useServices } from "../services.ts";
import { isToken } from "./access-token.ts";
import classes from "./token-prompt.module.css";

/** Props of `TokenForm`. */
export interface TokenFormProps {
  /** Does again what was refused for want of the token. */
  readonly onRetry: () => void;
}

/** Takes the server's token. */
export function TokenForm({ onRetry }: TokenFormProps) {
  const { t } = useTranslation();
  const { accessToken, targets } = useServices();
  const [text, setText] = useState("");
  const token = text.trim();
  return (
    <form
      className={classes.prompt}
      onSubmit={(event) => {
        event.preventDefault();
        accessToken.set(token);
        void targets.load();
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
