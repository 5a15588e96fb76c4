import { expect, test } from "vitest";
import { shownFields } from "./shown-fields.ts";

test("shownFields() keeps the order, and counts the fields of one name", () => {
  const fields = shownFields([
    ["x-a", "1"],
    ["x-b", "2"],
    ["x-a", "3"],
  ]);
  expect(fields.map(({ name, ordinal, sameName }) => [name, ordinal, sameName])).toEqual([
    ["x-a", 1, 2],
    ["x-b", 1, 1],
    ["x-a", 2, 2],
  ]);
});

test("shownFields() filters by name and value, and keeps what it counted", () => {
  const fields = shownFields(
    [
      ["x-a", "1"],
      ["content-type", "application/grpc"],
      ["x-a", "GRPC"],
    ],
    "grpc",
  );
  expect(fields.map(({ position, ordinal }) => [position, ordinal])).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

test("shownFields() reads -bin values in either base64, with padding or without, and folded ones apart", () => {
  const bytesOf = (value: string) => shownFields([["x-bin", value]])[0]?.bytes?.map((bytes) => [...bytes]);
  expect(bytesOf("-_8=")).toEqual([[0xfb, 0xff]]);
  expect(bytesOf("+/8,AA")).toEqual([[0xfb, 0xff], [0]]);
  expect(bytesOf("")).toEqual([[]]);
  expect(bytesOf("not base64")).toBeUndefined();
});
