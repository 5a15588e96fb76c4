import { createRegistry, type DescField, type Registry } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { createLanguages } from "../../app/languages/languages.ts";
import { createTextStorage } from "../../app/storage.ts";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { describeRules } from "./describe-rules.ts";
import { ruleText } from "./rule-text.ts";

const { registry, message } = readTestingSchema();
const storage = createTextStorage(() => ({ getItem: () => null, setItem: () => {} }));
const english = await createLanguages({ storage, preferred: ["en"], root: { lang: "" } });
const chinese = await createLanguages({ storage, preferred: ["zh-CN"], root: { lang: "" } });

function fieldOf(path: string): DescField {
  const [name = "", fieldName] = path.split(".");
  const field = message(name).fields.find((candidate) => candidate.name === fieldName);
  if (field === undefined) {
    throw new Error(`no field ${path}`);
  }
  return field;
}

function told(path: string, known: Registry = registry): string[] {
  return describeRules(fieldOf(path), known).map((hint) => ruleText(english.t, hint));
}

describe("describeRules()", () => {
  it.each([
    ["Order.id", ["A UUID"]],
    ["Order.customer", ["Must be set"]],
    ["Order.lines", ["Items: 1 to 20"]],
    ["Order.labels", ["Entries: at most 8", "Each key: Matches ^[a-z][a-z0-9_]*$", "Each value: Characters: 1 to 40"]],
    ["Order.patience", ["≥ 60s and < 86400s"]],
    ["Order.color_of_money", ["Only values that have a name", "None of COLOR_UNSPECIFIED"]],
    ["Order.tags", ["No item twice", 'Each item: One of "new", "gift", "urgent"']],
    ["NumberRules.sint32_field", ["< -100 or > 100"]],
    ["NumberRules.int64_field", ["More than 9007199254740993"]],
    ["NumberRules.sfixed64_field", ["Only -9223372036854775808"]],
    ["StringRules.long_email_field", ["An email address", "Characters: at least 24"]],
    ["StringRules.header_name_field", ["A name of an HTTP header"]],
    ["BytesRules.len_field", ["Bytes: exactly 4"]],
    ["OtherRules.any_in", ["One of type.googleapis.com/google.protobuf.Duration"]],
    ["OtherRules.mask_in", ["One of name, email"]],
    ["OtherRules.in_past", ["In the past"]],
    ["OtherRules.about_now", ["Within 3600s of now"]],
    ["OtherRules.never", ["Its rules are not checked"]],
    ["OtherRules.if_not_empty", ["A UUID", "Not checked while it is empty"]],
    ["PredefinedRules.even", ["must be even"]],
    ["PredefinedRules.at_most", ["max_words: 3"]],
    ["CelRules.bare", ["Computed: this != 'no'"]],
    ["CelRules.first", []],
  ])("tells the rules of %s", (path, sentences) => {
    expect(told(path)).toEqual(sentences);
  });

  it("tells the rules of a message and of a oneof", () => {
    expect(describeRules(message("CelRules"), registry).map((hint) => ruleText(english.t, hint))).toEqual([
      "Exactly one of: by_id, by_name",
      "first and second must add up to 10",
      "Computed: this.first < this.second ? 'first is <b>below</b> second' : ''",
      "Computed: this.third != 13",
    ]);
    const [payment] = message("Order").oneofs;
    expect(payment && describeRules(payment, registry)).toEqual([{ scope: "value", ask: { kind: "oneofRequired" } }]);
  });

  it("keeps what looks like HTML, and tells the expression beside the message", () => {
    expect(describeRules(fieldOf("Order.discount_percent"), registry)).toEqual([
      {
        scope: "value",
        ask: {
          kind: "cel",
          message: "a discount is a multiple of 5, & at most <50>",
          expression: "this % 5u == 0u && this <= 50u",
        },
      },
    ]);
    expect(told("Order.note")).toContain(`Doesn't contain "<script>"`);
  });

  it("tells every rule of every field in both languages", () => {
    const fields = ["Order", "NumberRules", "StringRules", "BytesRules", "OtherRules", "PredefinedRules"].flatMap(
      (name) => message(name).fields,
    );
    const ruled = fields.filter(({ name }) => name !== "delivered_at");
    const silent = ruled.filter((field) => describeRules(field, registry).length === 0);
    expect(silent.map(String)).toEqual([]);
    const sentences = ruled.flatMap((field) => describeRules(field, registry).map((hint) => ruleText(chinese.t, hint)));
    expect(sentences.filter((sentence) => sentence === "" || sentence.includes("rules."))).toEqual([]);
  });

  it("tells nothing where the target doesn't tell its rules' types", () => {
    expect(told("Order.id", createRegistry())).toEqual([]);
  });
});
