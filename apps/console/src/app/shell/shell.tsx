import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import hidden from "../../ui/visually-hidden.module.css";
import { createPageActions, type ShellControls } from "../actions/page-actions.ts";
import { Palette } from "../palette/palette.tsx";
import { useServices } from "../services.ts";
import { TargetDialogs } from "../target/target-dialogs.tsx";
import type { TargetPickerHandle } from "../target/target-picker.tsx";
import { CallTabs } from "./call-tabs.tsx";
import { CloseDialog } from "./close-dialog.tsx";
import { ClosedNotice } from "./closed-notice.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { MainView } from "./main-view.tsx";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar.tsx";
import { StatusBar } from "./status-bar.tsx";
import { useAddress } from "./use-address.ts";
import { useNarrow } from "./use-narrow.ts";
import { useShortcuts } from "./use-shortcuts.ts";

/** The frame of the page: methods on the left, open calls on the right, the status bar below. */
export function Shell() {
  const { t } = useTranslation();
  const services = useServices();
  const { preferences } = services;
  const { treeWidth, isTreeShown } = useStore(preferences);
  const isNarrow = useNarrow();
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const [areKeysShown, setAreKeysShown] = useState(false);
  const [isPaletteShown, setIsPaletteShown] = useState(false);
  const { setColorScheme } = useMantineColorScheme();
  const colorScheme = useComputedColorScheme();
  const filter = useRef<HTMLInputElement>(null);
  const picker = useRef<TargetPickerHandle>(null);
  const isSidebarShown = isNarrow ? isDrawerOpen : isTreeShown;

  const showSidebar = (isShown: boolean) =>
    isNarrow ? setIsDrawerOpen(isShown) : preferences.setState({ isTreeShown: isShown });
  // The actions are made once; what they do to the shell is read when they run.
  const controls = useRef<ShellControls>(undefined);
  controls.current = {
    showPalette: () => setIsPaletteShown(true),
    toggleTree: () => showSidebar(!isSidebarShown),
    focusFilter: () => {
      showSidebar(true);
      // The field may only just be shown.
      requestAnimationFrame(() => filter.current?.focus());
    },
    chooseTarget: () => {
      showSidebar(true);
      requestAnimationFrame(() => picker.current?.open());
    },
    showKeys: () => setAreKeysShown(true),
    toggleTheme: () => setColorScheme(colorScheme === "dark" ? "light" : "dark"),
  };
  const actions = useMemo(
    () =>
      createPageActions(services, {
        showPalette: () => controls.current?.showPalette(),
        toggleTree: () => controls.current?.toggleTree(),
        focusFilter: () => controls.current?.focusFilter(),
        chooseTarget: () => controls.current?.chooseTarget(),
        showKeys: () => controls.current?.showKeys(),
        toggleTheme: () => controls.current?.toggleTheme(),
      }),
    [services],
  );
  useAddress();
  useShortcuts(actions);
  return (
    <div className={classes.shell} style={{ "--tree": isSidebarShown && !isNarrow ? `${treeWidth}px` : "0px" }}>
      <a className={classes.skip} href="#call">
        {t("app.skip")}
      </a>
      <Sidebar
        filterRef={filter}
        pickerRef={picker}
        isShown={isSidebarShown}
        isDrawer={isNarrow}
        onClose={() => showSidebar(false)}
        onOpened={() => setIsDrawerOpen(false)}
      />
      <main className={classes.work}>
        <h1 className={hidden.hidden}>Switchboard</h1>
        <CallTabs isSidebarShown={isSidebarShown} onShowSidebar={() => showSidebar(true)} />
        <div id="call" className={classes.call} tabIndex={-1}>
          <MainView isNarrow={isNarrow} />
        </div>
      </main>
      <ClosedNotice />
      <StatusBar onShowPalette={() => setIsPaletteShown(true)} onShowKeys={() => setAreKeysShown(true)} />
      <TargetDialogs />
      <CloseDialog />
      {areKeysShown ? <KeysDialog actions={actions} onClose={() => setAreKeysShown(false)} /> : null}
      {isPaletteShown ? <Palette actions={actions} onClose={() => setIsPaletteShown(false)} /> : null}
    </div>
  );
}
