import { createWritableIterable } from "@connectrpc/connect/protocol";
import { describe, expect, test } from "vitest";
import { untilAborted } from "./until-aborted.ts";

describe("untilAborted()", () => {
  test("yields what the source yields", async () => {
    async function* source() {
      yield 1;
      yield 2;
    }
    expect(await Array.fromAsync(untilAborted(source(), new AbortController().signal))).toEqual([1, 2]);
  });

  test("throws the reason while the source waits", async () => {
    const controller = new AbortController();
    const next = untilAborted(createWritableIterable<number>(), controller.signal).next();
    controller.abort(new Error("left"));
    await expect(next).rejects.toThrow("left");
  });

  test("throws the reason when the source ends because of the abort", async () => {
    const controller = new AbortController();
    async function* source() {
      yield 1;
      controller.abort(new Error("left"));
    }
    await expect(Array.fromAsync(untilAborted(source(), controller.signal))).rejects.toThrow("left");
  });

  test("stops the source when the loop is left", async () => {
    let stopped = false;
    async function* source() {
      try {
        yield 1;
        yield 2;
      } finally {
        stopped = true;
      }
    }
    for await (const _value of untilAborted(source(), new AbortController().signal)) {
      break;
    }
    expect(stopped).toBe(true);
  });
});
