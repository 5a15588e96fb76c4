import { describe, expect, it } from "vitest";
import { MemoryPipe } from "./memory-pipe.ts";

const full = 65_536;

/** A pipe with all that came out of it. `onData` may act on it as a reader would. */
function createPipe({ paused = false, onData = () => {} }: { paused?: boolean; onData?: (text: string) => void } = {}) {
  const events: string[] = [];
  const pipe = new MemoryPipe(
    {
      onData(chunk) {
        const text = chunk.byteLength > 10 ? `${chunk.byteLength} bytes` : Buffer.from(chunk).toString();
        events.push(text);
        onData(text);
      },
      onEnd: () => events.push("end"),
      onDrain: () => events.push("drain"),
    },
    paused,
  );
  return { pipe, events };
}

describe("a pipe", () => {
  it("gives what is written at once, then the end", () => {
    const { pipe, events } = createPipe();
    expect(pipe.write(Buffer.from("a"))).toBe(true);
    pipe.end();
    expect(events).toEqual(["a", "end"]);
  });

  it("keeps what is written while its reader has paused it, and the end behind it", () => {
    const { pipe, events } = createPipe({ paused: true });
    pipe.write(Buffer.from("a"));
    pipe.end();
    expect(events).toEqual([]);
    pipe.resume();
    expect(events).toEqual(["a", "end"]);
  });

  it("gives the end though its reader has paused it, where nothing waits", () => {
    const { pipe, events } = createPipe({ paused: true });
    pipe.end();
    expect(events).toEqual(["end"]);
  });

  it("tells that it is full, and when there is room again", () => {
    const { pipe, events } = createPipe({ paused: true });
    expect(pipe.write(new Uint8Array(full - 1))).toBe(true);
    expect(pipe.write(Buffer.from("a"))).toBe(false);
    pipe.resume();
    expect(events).toEqual([`${full - 1} bytes`, "a", "drain"]);
  });

  it("takes a chunk of any length that its reader takes", () => {
    const { pipe, events } = createPipe();
    expect(pipe.write(new Uint8Array(2 * full))).toBe(true);
    expect(events).toEqual([`${2 * full} bytes`]);
  });

  it("gives one piece behind another to a reader that writes", () => {
    const { pipe, events } = createPipe({
      onData(text) {
        if (text === "a") {
          pipe.write(Buffer.from("b"));
          pipe.end();
          events.push("a is done");
        }
      },
    });
    pipe.write(Buffer.from("a"));
    expect(events).toEqual(["a", "a is done", "b", "end"]);
  });

  it("stops within what waits where its reader pauses it", () => {
    const { pipe, events } = createPipe({ paused: true, onData: () => pipe.pause() });
    pipe.write(Buffer.from("a"));
    pipe.write(Buffer.from("b"));
    pipe.resume();
    expect(events).toEqual(["a"]);
    pipe.resume();
    expect(events).toEqual(["a", "b"]);
  });

  it("gives nothing once it is closed, and takes what is written as if it did", () => {
    const { pipe, events } = createPipe({ paused: true });
    pipe.write(Buffer.from("a"));
    pipe.close();
    expect(pipe.write(new Uint8Array(full))).toBe(true);
    pipe.end();
    pipe.resume();
    expect(events).toEqual([]);
  });
});
