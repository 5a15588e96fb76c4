import type { DescMethod } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { findMethod } from "../../schema/service-catalog.ts";
import { typeRegistry } from "../../schema/type-registry.ts";
import { createDraft, type Draft } from "../draft.ts";
import { createPasteDesk } from "./paste-desk.ts";
import { readPaste } from "./read-paste.ts";
import { beginsAsJson, takesOver } from "./takes-over.ts";

const sayHello = findMethod("Greeter", "SayHello") as DescMethod;
const row = (name: string, value: string) => ({ id: `${name}=${value}`, name, value, isEnabled: true });

function createSubject(start: Partial<Draft> = {}) {
  let draft: Draft = { ...createDraft('{"name": "before"}'), ...start };
  let ids = 0;
  const desk = createPasteDesk({
    getDraft: () => draft,
    change: (change) => {
      draft = { ...draft, ...change };
    },
    getContext: () => ({ method: sayHello, registry: typeRegistry, findMethod }),
    createId: () => String(++ids),
  });
  const paste = (text: string) => {
    const reading = readPaste(text, desk.getContext());
    reading === undefined ? desk.refuse() : desk.take(reading);
  };
  return { desk, paste, getDraft: () => draft };
}

describe("createPasteDesk()", () => {
  it("fills in what a command tells, and leaves the rest", () => {
    const { paste, getDraft } = createSubject({ metadata: [row("a", "1"), row("b", "2"), row("", "")], repeat: "7" });
    paste(`grpcurl -H 'B: 3' -H 'b: 4' -max-time 2 -d '{"name":"Ada"}' :1 Greeter/SayHello`);
    const { text, metadata, deadline, protocol, repeat } = getDraft();
    expect({ text, deadline, protocol, repeat }).toEqual({
      text: '{\n  "name": "Ada"\n}',
      deadline: "2 s",
      protocol: undefined,
      repeat: "7",
    });
    expect(metadata.map(({ name, value }) => [name, value])).toEqual([
      ["a", "1"],
      ["b", "3"],
      ["b", "4"],
    ]);
    expect(new Set(metadata.map(({ id }) => id)).size).toBe(3);
  });

  it("brings back what it changed, and nothing else", () => {
    const { desk, paste, getDraft } = createSubject({ metadata: [row("a", "1")], deadline: "9 s" });
    const before = getDraft();
    paste(`grpcurl -H 'b: 3' -d '{"name":"Ada"}' :1 Greeter/SayHello`);
    desk.undo();
    expect(getDraft()).toEqual(before);
    expect(desk.store.getState().notice).toBeUndefined();
  });

  it("only shows a command that calls another method, until it is told to fill it in", () => {
    const { desk, paste, getDraft } = createSubject();
    paste(`grpcurl -d '{"data":"a"}' :1 test.demo/TestTwoWayStream`);
    expect(getDraft().text).toBe('{"name": "before"}');
    const { notice } = desk.store.getState();
    expect([notice?.other?.name, notice?.change]).toEqual(["TestTwoWayStream", undefined]);
    if (notice !== undefined) {
      desk.fillIn(notice.reading);
    }
    expect(getDraft().text).toBe('{\n  "data": "a"\n}');
    desk.undo();
    expect(getDraft().text).toBe('{"name": "before"}');
  });

  it("fills in a command whose method the target does not have", () => {
    const { paste, getDraft } = createSubject();
    paste(`grpcurl -d '{"name":"Ada"}' :1 some.other.Service/Call`);
    expect(getDraft().text).toBe('{\n  "name": "Ada"\n}');
  });

  it("says that a paste was nothing, and forgets the notice before", () => {
    const { desk, paste } = createSubject();
    paste('name: "Ada"');
    paste("good morning");
    expect(desk.store.getState()).toMatchObject({ notice: undefined, isRefused: true });
    desk.dismiss();
    expect(desk.store.getState()).toMatchObject({ notice: undefined, isRefused: false });
  });
});

describe("takesOver()", () => {
  const read = (text: string) => {
    const reading = readPaste(text, { method: sayHello, registry: typeRegistry, findMethod });
    if (reading === undefined) {
      throw new Error(`nothing was made of ${text}`);
    }
    return reading;
  };
  const whole = { isWhole: true, isInString: false };
  const inside = { isWhole: false, isInString: false };

  it.each([
    ["a command over everything", "curl http://a/b.C/D", whole, true],
    ["a command into other text", "curl http://a/b.C/D", inside, true],
    ["a command into a string", "curl http://a/b.C/D", { isWhole: false, isInString: true }, false],
    ["text format over everything", 'name: "Ada"', whole, true],
    ["text format into other text", 'name: "Ada"', inside, false],
    ["bytes with an envelope into other text", "00000000050a03416461", inside, true],
    ["bytes into other text", "0a03416461", inside, false],
    ["base64 into other text", "CgNBZGE=", inside, false],
    ["JSON", '{"name": "Ada"}', whole, false],
    ["text format that breaks off", 'name: "Ada', whole, false],
    ["a command that calls nothing", "grpcurl :1 list", whole, false],
  ] as const)("of %s: %s", (_, text, place, expected) => {
    expect(takesOver(read(text), place)).toBe(expected);
  });
});

describe("beginsAsJson()", () => {
  it.each(['{"a": 1}', " {}", "[[1]]", '[{"a": 1}]', '["a"]'])("tells that %j does", (text) => {
    expect(beginsAsJson(text)).toBe(true);
  });

  it.each(["{0x0a, 0x03}", "[0x0a]", "[pkg.ext]: 1", "name: 1", "{", "curl x"])("tells that %j may not", (text) => {
    expect(beginsAsJson(text)).toBe(false);
  });
});
