import { type Browser, type BrowserContextOptions, type ConsoleMessage, chromium, type Page } from "playwright-core";
import { findChromium } from "../setup/find-chromium.ts";

/** A browser with pages that share nothing. Disposing of it closes them all. */
export interface TestBrowser extends AsyncDisposable {
  /** Opens a page in a context of its own; English, light and 1440 by 900 unless told otherwise. */
  open(url: string, options?: BrowserContextOptions): Promise<TestPage>;
}

/** A page, with what went wrong on it. */
export interface TestPage {
  readonly page: Page;
  /** Uncaught errors, console errors, policy violations, and files that could not be had, so far. */
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
      await context.addInitScript({ content: reportViolations });
      const page = await context.newPage();
      const faults = collectFaults(page);
      await page.goto(url);
      return { page, faults };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
    },
  };
}

function collectFaults(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !isAnswerToCall(message)) {
      faults.push(message.text());
    }
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.request().method() === "GET") {
      faults.push(`${response.status()} for ${response.url()}`);
    }
  });
  return faults;
}

/** Chromium writes down every answer that is no success, and a call may well be answered so. */
function isAnswerToCall(message: ConsoleMessage): boolean {
  return message.text().startsWith("Failed to load resource: the server responded");
}

/** Runs in each page before its own scripts. */
const reportViolations = `addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("policy violation: " + violatedDirective + " " + blockedURI))`;
