import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { I18nextProvider } from "react-i18next";
import { MessageSettingsProvider } from "../message/message-settings.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { type Services, ServicesProvider } from "./services.ts";
import { Shell } from "./shell/shell.tsx";
import { theme } from "./theme/theme.ts";

/** Props of `App`. */
export interface AppProps {
  readonly services: Services;
}

const colorSchemeManager = localStorageColorSchemeManager({ key: "switchboard.theme" });

/** The whole page. */
export function App({ services }: AppProps) {
  return (
    <I18nextProvider i18n={services.languages}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
        getStyleNonce={() => services.nonce}
      >
        <ServicesProvider value={services}>
          <MessageSettingsProvider value={services.messageSettings}>
            <ErrorBoundary>
              <Shell />
            </ErrorBoundary>
          </MessageSettingsProvider>
        </ServicesProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}
