import type { DescMessage } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import type { JsonObjectTree } from "../document/json-tree.ts";
import { parseDocument } from "../document/parse-document.ts";
import { filterRows, type MessageRow, messageRows } from "./message-rows.ts";

const { registry, message } = readTestingSchema();

function treeOf(text: string): JsonObjectTree {
  const tree = parseDocument(text).values[0]?.tree;
  if (tree?.kind !== "object") {
    throw new Error(`${text} is no object`);
  }
  return tree;
}

function rowsOf(desc: DescMessage, text: string): readonly MessageRow[] {
  return messageRows(desc, treeOf(text), registry).rows;
}

/** The rows that the text has brought about, in words. */
function told(desc: DescMessage, text: string): readonly string[] {
  return rowsOf(desc, text)
    .map(tell)
    .filter((words) => words !== "");
}

function tell(row: MessageRow): string {
  switch (row.kind) {
    case "field":
      return row.value === undefined ? "" : `${row.field.name}: ${row.value.kind}`;
    case "oneof":
      return row.chosen === undefined ? "" : `${row.oneof.name}: ${row.chosen.field.name}`;
    case "raw":
      return `${row.key.value} ${row.reason} at ${row.position}`;
  }
}

describe("messageRows()", () => {
  test("has fields and oneofs in the schema's order, whatever the text's", () => {
    const names = messageRows(message("Oneofs"), undefined, registry).rows.map((row) =>
      row.kind === "field" ? row.field.name : row.kind === "oneof" ? row.oneof.name : "",
    );
    expect(names).toEqual(["before", "choice", "between", "second", "only", "not_a_oneof"]);
    expect(told(message("Oneofs"), '{"between": "b", "before": "a"}')).toEqual(["before: string", "between: string"]);
  });

  test("takes proto names and JSON names", () => {
    expect(told(message("Oneofs"), '{"not_a_oneof": ""}')).toEqual(["not_a_oneof: string"]);
    expect(told(message("Oneofs"), '{"notAOneof": ""}')).toEqual(["not_a_oneof: string"]);
  });

  test("keeps what is no field's value as raw rows", () => {
    const text = '{"text": "a", "number": 1, "before": "b", "before": "c", "__proto__": 1, "constructor": {}}';
    expect(told(message("Oneofs"), text)).toEqual([
      "before: string",
      "choice: text",
      "number oneof at 1",
      "before duplicate at 3",
      "__proto__ unknown at 4",
      "constructor unknown at 5",
    ]);
  });

  test("takes null for nothing, but where it is a value", () => {
    expect(told(message("Oneofs"), '{"before": null, "text": null, "number": 1}')).toEqual(["choice: number"]);
    expect(told(message("Oneofs"), '{"value": null}')).toEqual(["choice: value"]);
    expect(told(message("Oneofs"), '{"null": null}')).toEqual(["choice: null"]);
  });

  test("says where each field's member stands", () => {
    const { positions, setCount } = messageRows(
      message("Node"),
      treeOf('{"x": 1, "name": "n", "next": null}'),
      registry,
    );
    expect([...positions].map(([field, at]) => [field.name, at])).toEqual([
      ["name", 1],
      ["next", 2],
    ]);
    expect(setCount).toBe(1);
  });

  test("is the same for the same object", () => {
    const tree = treeOf('{"name": "n"}');
    expect(messageRows(message("Node"), tree, registry)).toBe(messageRows(message("Node"), tree, registry));
  });
});

describe("filterRows()", () => {
  const rows = rowsOf(message("Oneofs"), '{"between": "b", "number": 1, "x": 1}');
  const names = (filtered: readonly MessageRow[]) =>
    filtered.map((row) => (row.kind === "field" ? row.field.name : row.kind === "oneof" ? row.oneof.name : "raw"));

  test("finds words in names, and the members of oneofs", () => {
    expect(names(filterRows(rows, { words: "BE", onlySet: false }))).toEqual(["before", "choice", "between", "raw"]);
    expect(names(filterRows(rows, { words: "one not", onlySet: false }))).toEqual(["not_a_oneof", "raw"]);
  });

  test("lets only what is set through", () => {
    expect(names(filterRows(rows, { words: "", onlySet: true }))).toEqual(["choice", "between", "raw"]);
  });
});
