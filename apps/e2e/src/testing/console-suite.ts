import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type ConsolePage, consolePage } from "./console-page.ts";
import { openBrowser, type TestBrowser, type TestPage } from "./open-browser.ts";
import type { PageLanguage } from "./page-words.ts";
import { type RunningServer, type StartServerOptions, startServer } from "./start-server.ts";

/** How a test opens the page. */
export interface OpenConsoleOptions {
  /** `Service/Method` in the address. Default: none, which shows the first minute. */
  readonly method?: string;
  /** The target that has the method. Default: `local`, the services of the server itself. */
  readonly target?: string;
  /** Default: English. */
  readonly language?: PageLanguage;
  /** Default: light. */
  readonly theme?: "light" | "dark";
  /** Default: 1440 pixels. */
  readonly width?: number;
  /** Where the page is. Default: the suite's server. */
  readonly url?: string;
  /** Faults that the test brings about. Default: none. */
  readonly expectedFaults?: RegExp;
}

/** One server and one browser for all tests of a file. */
export interface ConsoleSuite {
  readonly server: RunningServer;
  /** Opens the page in a context of its own, which is closed after the test. */
  open(options?: OpenConsoleOptions): Promise<ConsolePage>;
}

/**
 * Starts a server and a browser around the tests of a file. After each test, no page it opened may have had a fault.
 *
 * @param options how to start the server, or what finds that out before the first test
 */
export function consoleSuite(options?: StartServerOptions | (() => Promise<StartServerOptions>)): ConsoleSuite {
  let server: RunningServer;
  let browser: TestBrowser;
  const opened: { readonly test: TestPage; readonly expectedFaults: RegExp | undefined }[] = [];

  beforeAll(async () => {
    const start = async () => startServer(typeof options === "function" ? await options() : options);
    [server, browser] = await Promise.all([start(), openBrowser()]);
  });
  afterEach(async () => {
    const pages = opened.splice(0);
    await Promise.all(pages.map(({ test }) => test.page.context().close()));
    const faults = pages.flatMap(({ test, expectedFaults }) =>
      test.faults.filter((fault) => expectedFaults?.test(fault) !== true),
    );
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    get server() {
      return server;
    },
    async open({
      method,
      target = "local",
      language = "en",
      theme = "light",
      width = 1440,
      url = server.url,
      expectedFaults,
    } = {}) {
      const address = method === undefined ? url : `${url}#/${target}/${method}`;
      const locale = language === "en" ? "en-GB" : language;
      const viewport = { width, height: 900 };
      const test = await browser.open(address, { locale, colorScheme: theme, viewport });
      opened.push({ test, expectedFaults });
      return consolePage(test.page, language);
    },
  };
}
