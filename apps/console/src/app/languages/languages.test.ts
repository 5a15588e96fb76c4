import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createTextStorage } from "../storage.ts";
import en from "./en.json";
import { chooseLanguage, createLanguages, pickLanguage } from "./languages.ts";
import zh from "./zh-CN.json";

const source = join(import.meta.dirname, "../..");

function flatten(value: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "string" ? [[prefix + key, inner] as const] : [...flatten(inner, `${prefix}${key}.`)],
    ),
  );
}

function variables(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();
}

/** Every key in the code: exact ones, and patterns for those that are put together. */
function usedKeys(): { readonly file: string; readonly pattern: RegExp }[] {
  return globSync("**/*.{ts,tsx}", { cwd: source, exclude: (name) => name.endsWith(".test.ts") }).flatMap((file) => {
    const text = readFileSync(join(source, file), "utf8");
    const calls = text.matchAll(/\bt\(\s*(?:[\w.]+\s*\?\s*)?(["`])(.+?)\1(?:\s*:\s*(["`])(.+?)\3)?/g);
    return [...calls].flatMap(([, , first, , second]) =>
      [first, second]
        .filter((key) => key !== undefined)
        .map((key) => ({
          file,
          pattern: new RegExp(`^${key.replaceAll(".", "\\.").replace(/\$\{[^}]+\}/g, "[\\w-]+")}$`),
        })),
    );
  });
}

describe("catalogues", () => {
  const english = flatten(en);
  const chinese = flatten(zh);

  test("have the same keys", () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
  });

  test("fill in the same variables", () => {
    const different = [...english].filter(
      ([key, text]) => variables(text).join() !== variables(chinese.get(key)).join(),
    );
    expect(different).toEqual([]);
  });

  test("hold every key that the code uses", () => {
    const used = usedKeys();
    expect(used.length).toBeGreaterThan(80);
    const missing = used.filter(({ pattern }) => ![...english.keys()].some((key) => pattern.test(key)));
    expect(missing).toEqual([]);
  });

  test("hold no key that the code doesn't use", () => {
    const used = usedKeys();
    const unused = [...english.keys()].filter((key) => !used.some(({ pattern }) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

describe("pickLanguage()", () => {
  test.each([
    [["", "zh-TW", "en"], "zh-CN"],
    [["en-GB"], "en"],
    [["fr", "zh-Hans-CN"], "zh-CN"],
    [["fr", "de"], "en"],
    [[], "en"],
  ] as const)("picks of %j %s", (wanted, tag) => {
    expect(pickLanguage(wanted)).toBe(tag);
  });
});

describe("createLanguages()", () => {
  test("begins in the browser's language and remembers another choice", async () => {
    const stored = new Map<string, string>();
    const storage = createTextStorage(() => ({
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, text) => void stored.set(key, text),
    }));
    const root = { lang: "" };
    const first = await createLanguages({ storage, preferred: ["zh-CN"], root });
    expect([first.t("action.send"), root.lang]).toEqual(["发送", "zh-CN"]);
    await chooseLanguage(first, "en", storage);
    expect([first.t("action.send"), root.lang]).toEqual(["Send", "en"]);
    const second = await createLanguages({ storage, preferred: ["zh-CN"], root });
    expect(second.language).toBe("en");
  });
});
