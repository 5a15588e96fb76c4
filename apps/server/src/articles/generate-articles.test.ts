import { describe, expect, test } from "vitest";
import { generateArticles } from "./generate-articles.ts";

const NOW = Date.UTC(2031, 0, 1);

describe("generateArticles()", () => {
  test("generates the same articles at every run", () => {
    const options = { count: 50, now: NOW };
    expect([...generateArticles(options)]).toEqual([...generateArticles(options)]);
  });

  test("spreads the times over the past in ascending order", () => {
    const times = generateArticles({ count: 1000, now: NOW })
      .map(({ createTime }) => createTime.getTime())
      .toArray();
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(NOW);
    expect(times[500]).toBeLessThan(Date.UTC(2029, 0, 1));
  });

  test("writes titles and contents that the service would take, some in Chinese", () => {
    const articles = [...generateArticles({ count: 2000, now: NOW })];
    const isChinese = articles.filter(({ title }) => /\p{Script=Han}/u.test(title));
    expect(isChinese.length).toBeGreaterThan(200);
    expect(isChinese.length).toBeLessThan(800);
    for (const { title, content } of articles) {
      expect(title).toMatch(/^[^{}]{1,100}$/u);
      expect(content).toMatch(/^[^{}]{15,1000}[.。]$/u);
    }
    expect(new Set(articles.map(({ title }) => title)).size).toBeGreaterThan(500);
  });
});
