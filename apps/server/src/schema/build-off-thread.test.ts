import { describe, expect, test } from "vitest";
import { serviceInit, sourceOf, stringField } from "../testing/schema-fixtures.ts";
import { buildOffThread } from "./build-off-thread.ts";
import { buildSchema } from "./build-schema.ts";

/** Files with comments, of more bytes together than are put together in this thread. */
const large = sourceOf(
  Array.from({ length: 400 }, (_, file) => ({
    name: `f${file}.proto`,
    package: `p${file}`,
    messageType: Array.from({ length: 10 }, (_unused, index) => ({
      name: `M${index}`,
      field: [stringField("text", 1)],
    })),
    service: [serviceInit("S", `.p${file}.M0`)],
    sourceCodeInfo: { location: [{ path: [4, 0], span: [1, 1, 1], leadingComments: "Said at length. ".repeat(50) }] },
  })),
  { reasons: new Map([["ghost", "nobody knows it"]]), listed: ["p1.S", "ghost"] },
);
const { signal } = new AbortController();

describe("buildOffThread()", () => {
  test("answers the same from another thread", async () => {
    expect(await buildOffThread([large], signal)).toEqual(buildSchema([large]));
  });

  test("rejects with an abort, and ends the thread", async () => {
    const given = new AbortController();
    const building = buildOffThread([large], given.signal);
    given.abort();
    await expect(building).rejects.toThrow("aborted");
  });
});
