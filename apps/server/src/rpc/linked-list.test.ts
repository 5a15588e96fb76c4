import fc from "fast-check";
import { expect, it } from "vitest";
import { createLinkedList, type Link } from "./linked-list.ts";

function valuesOf(first: Link<number> | undefined): number[] {
  const values: number[] = [];
  for (let link = first; link !== undefined; link = link.next) {
    values.push(link.value);
  }
  return values;
}

it("holds what was added and not removed, in its order", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant("add" as const), fc.nat(30))), (steps) => {
      const list = createLinkedList<number>();
      const links: Link<number>[] = [];
      const expected = new Set<number>();
      for (const step of steps) {
        const link = step === "add" ? undefined : links[step];
        if (step === "add") {
          expected.add(links.length);
          links.push(list.add(links.length));
        } else if (link !== undefined) {
          expected.delete(link.value);
          list.remove(link);
        }
        expect(valuesOf(list.first)).toEqual([...expected]);
      }
    }),
  );
});
