import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type PageLanguage, type PageWords, pageWords } from "./page-words.ts";

/** How long the page may take to show something. */
export const soon = { timeout: 10_000 };

/** The page of a Switchboard as a user has it before them: its parts by the names that they bear. */
export interface ConsolePage {
  readonly page: Page;
  readonly words: PageWords;
  readonly request: Locator;
  readonly response: Locator;
  /** The editor of the request, once it is more than a plain field. */
  readonly editor: Locator;
  /** The rows of a stream that are drawn. */
  readonly rows: Locator;
  /** Opens a method in the tree by its name. */
  openMethod(name: string): Promise<void>;
  /** Presses the button whose name begins so; a button's name ends with its key. */
  press(name: string): Promise<void>;
  button(name: string): Locator;
  /** The form of the request's messages. */
  readonly form: Locator;
  /** Shows the request's message in the form, or as JSON. */
  showView(view: "form" | "json"): Promise<void>;
  /** Puts another text in the request's place, as JSON. */
  type(text: string): Promise<void>;
  /** The request's text, as JSON. */
  requestText(): Promise<string>;
  /** Waits until the call has ended so: `OK 0`, with the gloss of the page's language. */
  expectStatus(status: string): Promise<void>;
  /** The response's message as JSON. */
  message(): Promise<unknown>;
  /** Waits until so many messages or more have been received in all, as the page counts them. */
  expectReceived(count: number, patience?: { readonly timeout: number }): Promise<void>;
}

/** Finds a page's parts in the language that it speaks. */
export function consolePage(page: Page, language: PageLanguage): ConsolePage {
  const words = pageWords[language];
  const response = page.getByRole("region", { name: words.response, exact: true });
  const editor = page.getByRole("textbox", { name: words.editor }).and(page.locator("[contenteditable=true]"));
  const form = page.getByRole("form", { name: words.form });
  const showView = async (view: "form" | "json") => {
    await page.getByRole("tab", { name: new RegExp(`^${words.views[view]}( |$)`) }).click();
    await (view === "form" ? form : editor).waitFor(soon);
  };
  const button = (name: string) =>
    page.getByRole("button", { name: new RegExp(`^${RegExp.escape(name)}( (Ctrl|Esc|⌘)|$)`) });
  return {
    page,
    words,
    request: page.getByRole("region", { name: words.request, exact: true }),
    response,
    editor,
    button,
    rows: response.getByRole("option"),
    openMethod: (name) => page.getByRole("treeitem", { name: new RegExp(` ${RegExp.escape(name)}( |$)`) }).click(),
    press: (name) => button(name).click(),
    form,
    showView,
    async type(text) {
      await showView("json");
      await editor.press("ControlOrMeta+A");
      await page.keyboard.insertText(text);
    },
    async requestText() {
      await showView("json");
      return editor.innerText();
    },
    async expectStatus(status) {
      const badge = response.getByText(new RegExp(`^${RegExp.escape(status)}$`));
      await badge.waitFor(soon);
    },
    async message() {
      const text = await response.getByRole("tree", { name: words.responseMessage }).innerText();
      return JSON.parse(text);
    },
    async expectReceived(count, patience = soon) {
      const figures = response.getByTitle(words.receivedFigures);
      const received = async () => Number(/^↓ ([\d,]+) · /.exec(await figures.innerText())?.[1]?.replaceAll(",", ""));
      await expect.poll(received, patience).toBeGreaterThanOrEqual(count);
    },
  };
}
