import { useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { Icon } from "../../ui/icon.tsx";
import { chooseLanguage, languages } from "../languages/languages.ts";
import { useServices } from "../services.ts";
import classes from "./status-bar.module.css";

/** Props of `StatusBar`. */
export interface StatusBarProps {
  readonly onShowPalette: () => void;
  readonly onShowKeys: () => void;
}

const themes = ["auto", "dark", "light"] as const;

/** The server's presence and address, and the choices of language and theme. */
export function StatusBar({ onShowPalette, onShowKeys }: StatusBarProps) {
  const { t, i18n } = useTranslation();
  const { presence, keeping, storage, baseUrl, commandKey } = useServices();
  const { kind } = useStore(presence.store);
  const { isKept } = useStore(keeping);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <footer className={classes.bar}>
      <span role="status" className={classes.presence} data-kind={kind}>
        {t(`presence.${kind}`)}
      </span>
      <span className={classes.address}>{baseUrl}</span>
      {isKept ? null : (
        <span role="alert" className={classes.warning}>
          <Icon name="warning" />
          {t("app.notKept")}
        </span>
      )}
      <span className={classes.space} />
      <button type="button" className={classes.keys} onClick={onShowPalette} title={t("keys.palette")}>
        <kbd>{commandKey} K</kbd> {t("app.find")}
      </button>
      <button type="button" className={classes.keys} onClick={onShowKeys}>
        <kbd>?</kbd> {t("app.keys")}
      </button>
      <select
        aria-label={t("app.theme")}
        value={colorScheme}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          setColorScheme(themes.find((theme) => theme === chosen) ?? "auto");
        }}
      >
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {t(`app.themes.${theme}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t("app.language")}
        value={i18n.language}
        onChange={(event) => {
          const chosen = languages.find(({ tag }) => tag === event.currentTarget.value);
          void chooseLanguage(i18n, chosen?.tag ?? "en", storage);
        }}
      >
        {languages.map(({ tag, name }) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </footer>
  );
}
