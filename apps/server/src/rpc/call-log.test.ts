import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { startDrivenClock } from "../testing/driven-clock.ts";
import { type CallLine, createCallLog } from "./call-log.ts";

const line: CallLine = {
  method: "/a.B/C",
  protocol: "grpc-web",
  peer: "127.0.0.1:1",
  status: "OK",
  durationMs: 1.5,
  bytesIn: 2,
  bytesOut: 3,
};

/** The lines that a log writes for these calls. */
function written(lines: readonly CallLine[], fault?: unknown): Record<string, unknown>[] {
  using clock = startDrivenClock();
  const texts: string[] = [];
  const log = createCallLog(pino({ base: null }, { write: (text) => void texts.push(text) }));
  for (const each of lines) {
    log(each, fault);
  }
  clock.advance(1_000);
  const text = texts.join("").trimEnd();
  return text.split("\n").map((each) => JSON.parse(each));
}

describe("createCallLog()", () => {
  it("tells of a call to a target where it went and who ended it", () => {
    const [own, carried] = written([line, { ...line, target: "orders-1", endedBy: "gateway" }]);
    expect(own).toMatchObject(line);
    expect(own).not.toHaveProperty("target");
    expect(own).not.toHaveProperty("endedBy");
    expect(carried).toMatchObject({ ...line, target: "orders-1", endedBy: "gateway" });
  });

  it("writes a name as the client wrote it, whatever that is", () => {
    const target = 'a","level":60,"x":"\n\u2028';
    expect(written([{ ...line, target, endedBy: "client" }])).toEqual([expect.objectContaining({ target, level: 30 })]);
  });

  it("writes a fault whole beside its call", () => {
    const [faulty] = written([{ ...line, target: "t", endedBy: "gateway" }], new Error("broken"));
    expect(faulty).toMatchObject({ level: 50, target: "t", endedBy: "gateway", err: { message: "broken" } });
  });
});
