import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findChromium } from "../setup/find-chromium.ts";

/** A browser with pages that share nothing. Disposing of it closes them all. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens a page in a context of its own; English, light and 1440 by 900 unless told otherwise. */
  open(url: string, options?: BrowserContextOptions): Promise<TestPage>;
}

/** A page, with what went wrong on it. */
export interface TestPage {
  readonly page: Page;
  /** Uncaught errors, console errors and policy violations so far. */
  readonly faults: readonly string[];
}

/** Starts the Chromium that `npm run setup` found or installed. */
export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error("no Chromium: run `npm run setup`");
  }
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"],
  });
  return {
    async open(url, options) {
      const context = await browser.newContext({
        locale: "en-GB",
        colorScheme: "light",
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      page.on("console", (message) => {
        if (message.type() === "error") {
          faults.push(message.text());
        }
      });
      await page.goto(url);
      return { page, faults };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
    },
  };
}
