import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import type { TextStorage } from "../storage.ts";
import en from "./en.json";

/** The page's languages: BCP 47 tag and the language's own name. */
export const languages = [
  { tag: "en", name: "English" },
  { tag: "zh-CN", name: "简体中文" },
] as const;

/** The tag of one of the page's languages. */
export type LanguageTag = (typeof languages)[number]["tag"];

const languageKey = "switchboard.language";

/** What the languages need of the page. */
export interface LanguagesOptions {
  readonly storage: TextStorage;
  /** The browser's languages, the best first. */
  readonly preferred: readonly string[];
  /** Carries the `lang` attribute. */
  readonly root: { lang: string };
}

/** Starts in the language that was chosen before, or else the browser's. English is there at once, others are loaded. */
export async function createLanguages({ storage, preferred, root }: LanguagesOptions): Promise<i18n> {
  const instance = createInstance();
  const wanted = pickLanguage([storage.read(languageKey) ?? "", ...preferred]);
  instance.on("languageChanged", (tag) => {
    root.lang = tag;
  });
  await instance.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    // React shows every text as text already.
    interpolation: { escapeValue: false },
    returnEmptyString: true,
    // As resources.d.ts has them.
    contextSeparator: "|",
    pluralSeparator: "|",
    react: { useSuspense: false },
  });
  await showLanguage(instance, wanted);
  return instance;
}

/** Loads a language where that is needed, shows the page in it and remembers it. */
export async function chooseLanguage(instance: i18n, tag: LanguageTag, storage: TextStorage): Promise<void> {
  storage.write(languageKey, tag);
  await showLanguage(instance, tag);
}

/** The first of `wanted` that the page speaks; English where it speaks none. Any Chinese is taken for simplified. */
export function pickLanguage(wanted: readonly string[]): LanguageTag {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    const found = languages.find((known) => known.tag.toLowerCase().split("-")[0] === base);
    if (found !== undefined) {
      return found.tag;
    }
  }
  return "en";
}

async function showLanguage(instance: i18n, tag: LanguageTag): Promise<void> {
  if (tag === "zh-CN" && !instance.hasResourceBundle(tag, "translation")) {
    try {
      const { default: catalogue } = await import("./zh-CN.json");
      instance.addResourceBundle(tag, "translation", catalogue);
    } catch {
      // The server is away: English serves until the choice is made again.
      return;
    }
  }
  await instance.changeLanguage(tag);
}
