import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createTextHistory } from "./text-history.ts";

describe("createTextHistory()", () => {
  test("undoes and does again, back to the first text", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 20 }), (typed) => {
        const texts = typed.filter((text, at) => text !== typed[at - 1]);
        const history = createTextHistory();
        texts.forEach((text, at) => {
          history.note(text, at * 1_000);
        });
        const undone = texts.slice(1).map(() => history.undo());
        expect(undone).toEqual(texts.slice(0, -1).reverse());
        expect(history.undo()).toBeUndefined();
        expect(texts.slice(1).map(() => history.redo())).toEqual(texts.slice(1));
        expect(history.redo()).toBeUndefined();
      }),
    );
  });

  test("undoes a burst at once, and forgets what was undone once something is typed", () => {
    const history = createTextHistory();
    ["", "a", "ab", "abc"].forEach((text, at) => {
      history.note(text, at * 100);
    });
    expect(history.undo()).toBe("");
    history.note("", 350);
    history.note("x", 400);
    expect(history.redo()).toBeUndefined();
    expect(history.undo()).toBe("");
  });

  test("undoes what comes behind a pause by itself", () => {
    const history = createTextHistory();
    history.note("", 0);
    history.note("a", 1);
    history.pause();
    history.note("ab", 2);
    expect([history.undo(), history.undo()]).toEqual(["a", ""]);
  });

  test("ends a burst that goes on and on", () => {
    const history = createTextHistory();
    for (let at = 0; at <= 100; at++) {
      history.note("x".repeat(at), at * 100);
    }
    expect(history.undo()?.length).toBeGreaterThan(50);
  });
});
