import { expect, test } from "vitest";
import { firstSentence } from "./first-sentence.ts";

test.each([
  ["One. Two.", "One."],
  ["No stop", "No stop"],
  ["Version 1.2 of it. More", "Version 1.2 of it."],
  ["Over\ntwo lines\n\nnext paragraph", "Over two lines"],
  ["第一句。第二句。", "第一句。"],
  ["", ""],
])("firstSentence(%j) is %j", (comment, sentence) => {
  expect(firstSentence(comment)).toBe(sentence);
});

test("firstSentence() cuts a long sentence", () => {
  expect(firstSentence("x".repeat(1_000_000))).toHaveLength(161);
});
