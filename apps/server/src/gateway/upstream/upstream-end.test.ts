import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { decideEnd, type SessionEnd, type StreamEnd } from "./upstream-end.ts";
import { headerTooLarge } from "./upstream-faults.ts";

const alive: SessionEnd = { isLost: false, fault: undefined, goaway: undefined };
const lost: SessionEnd = { ...alive, isLost: true };

function end(known: Partial<StreamEnd>) {
  const { fault, isUntouched } = decideEnd({
    id: 3,
    resetCode: 0,
    hasHead: true,
    isComplete: false,
    isPastDeadline: false,
    session: alive,
    ...known,
  });
  return fault === undefined ? undefined : { code: fault.code, kind: fault.kind, isUntouched };
}

function goaway(code: number, lastStreamId: number, isTooManyPings = false): SessionEnd {
  return { isLost: code !== 0, fault: undefined, goaway: { code, lastStreamId, isTooManyPings } };
}

describe("decideEnd()", () => {
  it.each([0, 2, 8])("finds a whole response complete whatever follows it, as a reset with %d", (resetCode) => {
    expect(end({ isComplete: true, resetCode, session: lost })).toBeUndefined();
  });

  it("takes a close without an error behind a head for an end of the body", () => {
    expect(end({})).toBeUndefined();
  });

  it("takes NO_ERROR before a head for a fault", () => {
    expect(end({ hasHead: false })).toEqual({ code: Code.Internal, kind: "reset", isUntouched: false });
  });

  it.each([
    [1, Code.Internal, "protocol-error"],
    [2, Code.Internal, "reset"],
    [3, Code.Internal, "reset"],
    [4, Code.Internal, "reset"],
    [5, Code.Internal, "reset"],
    [6, Code.Internal, "reset"],
    [7, Code.Unavailable, "reset"],
    [8, Code.Canceled, "reset"],
    [9, Code.Internal, "reset"],
    [10, Code.Internal, "reset"],
    [11, Code.ResourceExhausted, "reset"],
    [12, Code.PermissionDenied, "reset"],
    [13, Code.Internal, "reset"],
    [999, Code.Internal, "reset"],
  ])("gives a reset with %d the code %d", (resetCode, code, kind) => {
    expect(end({ resetCode })).toEqual({ code, kind, isUntouched: resetCode === 7 });
  });

  it("gives a CANCEL behind the deadline DEADLINE_EXCEEDED", () => {
    const expected = { code: Code.DeadlineExceeded, kind: "deadline", isUntouched: false };
    expect(end({ resetCode: 8, isPastDeadline: true })).toEqual(expected);
  });

  it("tells a lost connection from a CANCEL", () => {
    const expected = { code: Code.Unavailable, kind: "connection-lost", isUntouched: false };
    expect(end({ resetCode: 8, session: lost })).toEqual(expected);
  });

  it("tells what broke the session", () => {
    const expected = { code: Code.Internal, kind: "header-too-large", isUntouched: false };
    expect(end({ resetCode: 2, session: { ...lost, fault: headerTooLarge } })).toEqual(expected);
  });

  it.each([
    ["a stream beyond a GOAWAY untouched", { id: 5, resetCode: 7, session: goaway(0, 3) }, "went-away", true],
    ["a stream beyond a GOAWAY with an error untouched", { id: 5, session: goaway(2, 3) }, "went-away", true],
    ["a stream before a GOAWAY with an error touched", { id: 3, session: goaway(2, 3) }, "went-away", false],
    ["a stream before a complaint about PINGs touched", { session: goaway(11, 3, true) }, "too-many-pings", false],
    ["a stream beyond a complaint about PINGs untouched", { session: goaway(11, 1, true) }, "too-many-pings", true],
    ["a stream that was never opened untouched", { id: undefined, session: lost }, "connection-lost", true],
  ])("finds %s", (_what, known, kind, isUntouched) => {
    expect(end(known)).toEqual({ code: Code.Unavailable, kind, isUntouched });
  });

  it("finds a stream before a GOAWAY without an error complete where it ends well", () => {
    expect(end({ isComplete: true, session: goaway(0, 3) })).toBeUndefined();
  });

  it("names the code of a reset", () => {
    const { fault } = decideEnd({
      id: 1,
      resetCode: 11,
      hasHead: true,
      isComplete: false,
      isPastDeadline: false,
      session: alive,
    });
    expect(fault?.parameters).toEqual({ code: "ENHANCE_YOUR_CALM" });
  });
});
