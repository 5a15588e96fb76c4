import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { createId } from "../../ui/create-id.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import type { MetadataRow } from "../draft.ts";
import { type AuthorizationKind, authorizationName, basicValue, bearerValue, defaultKeyName } from "./authorization.ts";
import classes from "./metadata-editor.module.css";
import { checkMetadataName } from "./metadata-rules.ts";

/** Props of `AuthorizationForm`. */
export interface AuthorizationFormProps {
  readonly kind: AuthorizationKind;
  /** The row that was put together. */
  readonly onSet: (row: MetadataRow) => void;
  readonly onCancel: () => void;
}

/** Asks for a token, a name and a password, or an API key, and makes the row of metadata that carries it. */
export function AuthorizationForm({ kind, onSet, onCancel }: AuthorizationFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(kind === "apiKey" ? defaultKeyName : "");
  const [secret, setSecret] = useState("");
  const [isShown, setIsShown] = useState(false);
  const titleId = useId();
  const problem = kind === "apiKey" ? checkMetadataName(name) : undefined;
  const isReady = problem === undefined && (kind === "basic" ? name !== "" : secret !== "");
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) {
      onSet({ id: createId(), isEnabled: true, ...fieldOf(kind, name, secret) });
    }
  };
  return (
    <form
      className={classes.authorization}
      aria-labelledby={titleId}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onCancel();
        }
      }}
    >
      <h3 id={titleId} className={classes.title}>
        {t(`metadata.auth.${kind}`)}
      </h3>
      {kind === "bearer" ? null : (
        <TextInput
          data-autofocus
          label={kind === "basic" ? t("metadata.auth.user") : t("metadata.auth.keyName")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={
            problem === undefined
              ? undefined
              : t(`metadata.problem.${problem}`, { name, suggestion: name.toLowerCase() })
          }
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
        />
      )}
      <TextInput
        data-autofocus={kind === "bearer" || undefined}
        label={t(`metadata.auth.secret.${kind}`)}
        type={isShown ? "text" : "password"}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        rightSection={
          <IconButton
            icon="eye"
            label={t("metadata.auth.show")}
            isPressed={isShown}
            onClick={() => setIsShown(!isShown)}
          />
        }
        spellCheck={false}
        autoComplete="off"
      />
      <div className={classes.formActions}>
        <Button type="submit" disabled={!isReady}>
          {t("metadata.auth.set")}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t("metadata.auth.leave")}
        </Button>
      </div>
    </form>
  );
}

function fieldOf(kind: AuthorizationKind, name: string, secret: string): Pick<MetadataRow, "name" | "value"> {
  switch (kind) {
    case "bearer":
      return { name: authorizationName, value: bearerValue(secret) };
    case "basic":
      return { name: authorizationName, value: basicValue(name, secret) };
    case "apiKey":
      return { name, value: secret };
  }
}
