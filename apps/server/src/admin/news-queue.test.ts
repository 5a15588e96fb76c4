import { describe, expect, it } from "vitest";
import { createNewsQueue } from "./news-queue.ts";

describe("createNewsQueue()", () => {
  it("gives what came before and while it is read, in order", async () => {
    const queue = createNewsQueue<number>();
    queue.push(1);
    queue.push(2);
    const read: number[] = [];
    for await (const news of queue) {
      read.push(news);
      if (news === 2) {
        queueMicrotask(() => {
          queue.push(3);
          queue.end();
        });
      }
    }
    expect(read).toEqual([1, 2, 3]);
  });

  it("gives the error behind what was pushed before it", async () => {
    const queue = createNewsQueue<number>();
    queue.push(1);
    queue.end(new Error("gone"));
    const read: number[] = [];
    const reading = (async () => {
      for await (const news of queue) {
        read.push(news);
      }
    })();
    await expect(reading).rejects.toThrow("gone");
    expect(read).toEqual([1]);
  });
});
