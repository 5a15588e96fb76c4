import { expect, test } from "vitest";
import { createGroupCommit } from "./group-commit.ts";

test("stores together what comes together", async () => {
  const groups: (readonly number[])[] = [];
  const { add } = createGroupCommit((items: readonly number[]) => {
    groups.push(items);
    return items.map((item) => item * 2);
  });
  expect(await Promise.all([add(1), add(2), add(3)])).toEqual([2, 4, 6]);
  expect(await add(4)).toBe(8);
  expect(groups).toEqual([[1, 2, 3], [4]]);
});

test("stores at most 256 at once", async () => {
  const sizes: number[] = [];
  const { add } = createGroupCommit((items: readonly number[]) => {
    sizes.push(items.length);
    return items;
  });
  await Promise.all(Array.from({ length: 600 }, (_, n) => add(n)));
  expect(sizes).toEqual([256, 256, 88]);
});

test("lets one item's fault fail that item only", async () => {
  const { add } = createGroupCommit((items: readonly number[]) => {
    if (items.includes(2)) {
      throw new Error("no twos");
    }
    return items;
  });
  expect(await Promise.allSettled([add(1), add(2), add(3)])).toMatchObject([
    { status: "fulfilled", value: 1 },
    { status: "rejected", reason: { message: "no twos" } },
    { status: "fulfilled", value: 3 },
  ]);
});

test("stores what waits when it is told to", () => {
  const stored: number[] = [];
  const { add, flush } = createGroupCommit((items: readonly number[]) => {
    stored.push(...items);
    return items;
  });
  void add(1);
  flush();
  expect(stored).toEqual([1]);
});
