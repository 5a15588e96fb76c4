import { Code, ConnectError } from "@connectrpc/connect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReceiveCredit } from "./receive-credit.ts";
import { createSendCredit } from "./send-credit.ts";

describe("createReceiveCredit()", () => {
  it("gives credit back once half the window was consumed", () => {
    const given: number[] = [];
    const credit = createReceiveCredit(10, (bytes) => given.push(bytes));
    credit.receive(10);
    credit.consume(4);
    expect(given).toEqual([]);
    credit.consume(1);
    expect(given).toEqual([5]);
    credit.receive(5);
    expect(() => credit.receive(1)).toThrow("the peer sent 1 bytes with 0 bytes of credit left");
  });

  it("refuses more than was given with RESOURCE_EXHAUSTED", () => {
    const credit = createReceiveCredit(10, () => undefined);
    expect(() => credit.receive(11)).toThrow(expect.objectContaining({ code: Code.ResourceExhausted }));
  });
});

describe("createSendCredit()", () => {
  const never = new AbortController().signal;

  it("hands out what there is, and no more", () => {
    const credit = createSendCredit(10);
    expect([credit.take(4), credit.take(10), credit.take(1)]).toEqual([4, 6, 0]);
    credit.add(3);
    expect(credit.take(10)).toBe(3);
  });

  it("resolves at once where there is credit, and otherwise when some is added", async () => {
    const credit = createSendCredit(1);
    await credit.available(never);
    credit.take(1);
    let resolved = false;
    const waiting = credit.available(never).then(() => {
      resolved = true;
    });
    await Promise.resolve();
    expect(resolved).toBe(false);
    credit.add(1);
    await waiting;
    expect(credit.take(5)).toBe(1);
  });

  it("rejects with the signal's reason, before and while it waits", async () => {
    const credit = createSendCredit(0);
    const abort = new AbortController();
    const waiting = credit.available(abort.signal);
    abort.abort(new ConnectError("over", Code.Canceled));
    await expect(waiting).rejects.toThrow("over");
    await expect(credit.available(abort.signal)).rejects.toThrow("over");
  });
});

describe("the two accounts together", () => {
  it("never stall and never overrun, whatever the sizes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 1, max: 200 })), (window, sizes) => {
        const send = createSendCredit(window);
        const receive = createReceiveCredit(window, send.add);
        let left = sizes.reduce((sum, size) => sum + size, 0);
        let turns = 0;
        const most = left + 1;
        while (left > 0 && turns++ < most) {
          const part = send.take(left);
          receive.receive(part);
          receive.consume(part);
          left -= part;
        }
        expect(left).toBe(0);
      }),
    );
  });
});
