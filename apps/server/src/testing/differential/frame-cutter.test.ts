import { describe, expect, it } from "vitest";
import { createFrameCutter } from "./frame-cutter.ts";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const data = (text: string, flags: number) =>
  Buffer.concat([Buffer.from([0, 0, text.length, 0, flags, 0, 0, 0, 1]), Buffer.from(text)]);

describe("a frame cutter", () => {
  it("cuts a body at the offsets of its plan, whatever frames and pieces it comes in", () => {
    const cutter = createFrameCutter();
    cutter.plan(1, { cuts: [1, 4], emptyEnd: false });
    const sent = Buffer.concat([preface, data("abc", 0), data("def", 1)]);
    const out = [...sent].map((byte) => cutter.push(Buffer.from([byte])));
    expect(Buffer.concat(out)).toEqual(
      Buffer.concat([preface, data("a", 0), data("bc", 0), data("d", 0), data("ef", 1)]),
    );
  });

  it("moves END_STREAM to a frame of its own, or back to the last byte", () => {
    const cutter = createFrameCutter();
    cutter.push(preface);
    cutter.plan(1, { cuts: [], emptyEnd: true });
    expect(cutter.push(data("ab", 1))).toEqual(Buffer.concat([data("ab", 0), data("", 1)]));
    cutter.plan(1, { cuts: [], emptyEnd: false });
    expect(cutter.push(Buffer.concat([data("ab", 0), data("", 1)]))).toEqual(data("ab", 1));
  });

  it("leaves other frames and streams alone", () => {
    const cutter = createFrameCutter();
    const ping = Buffer.from([0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(cutter.push(Buffer.concat([preface, ping, data("ab", 1)]))).toEqual(
      Buffer.concat([preface, ping, data("ab", 1)]),
    );
  });
});
