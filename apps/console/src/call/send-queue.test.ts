import { create, type Message } from "@bufbuild/protobuf";
import { EmptySchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createSendQueue, maxPendingSends, type SendQueueOptions } from "./send-queue.ts";

const message = create(EmptySchema);

/** A turn that never needs to end. */
const endless: SendQueueOptions["turns"] = { isSpent: () => false, rest: () => Promise.resolve() };

async function drain(messages: AsyncIterable<Message>): Promise<number> {
  let count = 0;
  for await (const _ of messages) {
    count++;
  }
  return count;
}

describe("createSendQueue()", () => {
  it("gives out everything before the end", async () => {
    const queue = createSendQueue({ onTake: () => undefined, turns: endless });
    const sent = [queue.send([message, message]), queue.send([]), queue.send(new Set([message]))];
    queue.close();
    expect(await drain(queue.messages)).toBe(3);
    await Promise.all(sent);
  });

  it("resolves a send when its last message was taken", async () => {
    const queue = createSendQueue({ onTake: () => undefined, turns: endless });
    let done = false;
    const sent = queue.send([message, message]).then(() => {
      done = true;
    });
    const iterator = queue.messages[Symbol.asyncIterator]();
    await iterator.next();
    expect([done, queue.length]).toEqual([false, 1]);
    await iterator.next();
    await sent;
    expect(queue.length).toBe(0);
  });

  it("reads an iterable only as its messages are taken, and closes it where it fails", async () => {
    const queue = createSendQueue({ onTake: () => undefined, turns: endless });
    let made = 0;
    let closed = false;
    function* forever() {
      try {
        for (;;) {
          made++;
          yield message;
        }
      } finally {
        closed = true;
      }
    }
    const sent = queue.send(forever());
    await queue.messages[Symbol.asyncIterator]().next();
    expect(made).toBe(2);
    queue.fail(new ConnectError("gone", Code.Canceled));
    await expect(sent).rejects.toThrow("gone");
    expect(closed).toBe(true);
  });

  it("tells the sender of an iterable that throws, and goes on with the next", async () => {
    const queue = createSendQueue({ onTake: () => undefined, turns: endless });
    function* broken() {
      yield message;
      throw new Error("broken");
    }
    const first = expect(queue.send(broken())).rejects.toThrow("broken");
    const second = queue.send([message]);
    queue.close();
    expect(await drain(queue.messages)).toBe(2);
    await Promise.all([first, second]);
  });

  it("rests before the next message when the turn is spent", async () => {
    const told: string[] = [];
    const turns: SendQueueOptions["turns"] = {
      isSpent: () => told.length > 0,
      rest: async () => void told.push("rest"),
    };
    const queue = createSendQueue({ onTake: () => told.push("message"), turns });
    const sent = queue.send([message, message]);
    queue.close();
    await drain(queue.messages);
    await sent;
    expect(told).toEqual(["message", "rest", "message", "rest"]);
  });

  it("refuses more sends than its bound", async () => {
    const queue = createSendQueue({ onTake: () => undefined, turns: endless });
    const waiting = Array.from({ length: maxPendingSends }, () => queue.send([message]));
    await expect(queue.send([message])).rejects.toMatchObject({ code: Code.ResourceExhausted });
    queue.close();
    expect(await drain(queue.messages)).toBe(maxPendingSends);
    await Promise.all(waiting);
  });
});
