import { fromJson } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atWallClock, inZone, offsetText, parseTimestamp, timestampText, wallClock } from "./timestamp-text.ts";

const anySeconds = fc.integer({ min: -62_135_596_800 + 90_000, max: 253_402_300_799 - 90_000 });
const anyFraction = fc.stringMatching(/^[0-9]{0,9}$/);
const anyOffset = fc.option(fc.integer({ min: -1_439, max: 1_439 }), { nil: undefined });
const anyMoment = fc.record({ seconds: anySeconds, fraction: anyFraction, offset: anyOffset });

/** A zone that turns its clocks by an hour at the moments that the rule of Central Europe gives for 2030. */
function berlin(ms: number): number {
  return ms >= Date.parse("2030-03-31T01:00:00Z") && ms < Date.parse("2030-10-27T01:00:00Z") ? 120 : 60;
}

describe("parseTimestamp()", () => {
  it("reads every moment that is written, to the nanosecond", () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        expect(parseTimestamp(timestampText(moment) ?? "")).toEqual(moment);
      }),
    );
  });

  it("agrees with the library on what a text says", () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        const { seconds, nanos } = fromJson(TimestampSchema, timestampText(moment) ?? "");
        expect([Number(seconds), nanos]).toEqual([moment.seconds, Number(moment.fraction.padEnd(9, "0"))]);
      }),
    );
  });

  it.each([
    "",
    "2030-10-10",
    "2030-10-10T00:00:00",
    "2030-10-10 00:00:00Z",
    "2030-02-30T00:00:00Z",
    "2030-13-01T00:00:00Z",
    "2030-10-10T24:00:00Z",
    "2030-10-10T23:59:60Z",
    "2030-10-10T00:00:00.1234567890Z",
    "2030-10-10T00:00:00+24:00",
  ])("refuses %j", (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });
});

describe("inZone()", () => {
  it("changes the text and not the moment", () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: -840, max: 840 }), (moment, minutes) => {
        const moved = inZone(moment, () => minutes);
        expect(parseTimestamp(timestampText(moved) ?? "")).toEqual({ ...moment, offset: minutes });
      }),
    );
  });
});

describe("atWallClock()", () => {
  it("finds the moment that a zone's clock shows", () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        const offset = moment.offset;
        const zone = offset === undefined ? undefined : () => offset;
        expect(atWallClock(wallClock(moment) ?? "", moment.fraction, zone)).toEqual(moment);
      }),
    );
  });

  it.each([
    ["2030-01-01T12:00", "2030-01-01T12:00:00+01:00"],
    ["2030-07-01T12:00:30", "2030-07-01T12:00:30+02:00"],
    // Shown twice: the first.
    ["2030-10-27T02:30:00", "2030-10-27T02:30:00+02:00"],
    ["2030-10-27T03:30:00", "2030-10-27T03:30:00+01:00"],
    // Skipped.
    ["2030-03-31T02:30:00", "2030-03-31T03:30:00+02:00"],
  ])("reads %s where clocks are turned", (wall, text) => {
    const moment = atWallClock(wall, "", berlin);
    expect(moment && timestampText(moment)).toBe(text);
  });

  it("refuses what is no time", () => {
    expect(atWallClock("", "", undefined)).toBeUndefined();
    expect(atWallClock("2030", "", berlin)).toBeUndefined();
  });
});

describe("offsetText()", () => {
  it.each([
    [0, "+00:00"],
    [330, "+05:30"],
    [-570, "-09:30"],
  ])("writes %d minutes as %s", (minutes, text) => {
    expect(offsetText(minutes)).toBe(text);
  });
});
