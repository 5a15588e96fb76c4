import { describe, expect, it } from "vitest";
import { createTextStorage } from "../storage.ts";
import { createAccessToken, isToken } from "./access-token.ts";

/** A page at an address, whose fragment can change. */
function createPage(hash: string) {
  const location = { hash, pathname: "/rpc/", search: "?a=b" };
  const replaced: unknown[] = [];
  const events = new EventTarget();
  const page = {
    location,
    history: { replaceState: (_: unknown, __: string, address: unknown) => replaced.push(address) },
    addEventListener: events.addEventListener.bind(events),
  } as unknown as Window; // As much of a window as the token needs.
  const follow = (next: string, oldURL: string) => {
    location.hash = next;
    events.dispatchEvent(Object.assign(new Event("hashchange"), { oldURL }));
  };
  return { page, replaced, follow };
}

function createStorage() {
  const items = new Map<string, string>();
  return createTextStorage(() => ({
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, text) => void items.set(key, text),
  }));
}

describe("createAccessToken()", () => {
  it("takes a token out of the address, and keeps it for the next load", () => {
    const storage = createStorage();
    const { page, replaced } = createPage("#token=s3cret%2B");
    expect(createAccessToken({ storage, page }).get()).toBe("s3cret+");
    expect(replaced).toEqual(["/rpc/?a=b"]);
    expect(createAccessToken({ storage, page: createPage("").page }).get()).toBe("s3cret+");
  });

  it("takes one that comes while the page is open, and puts the address back", () => {
    const { page, replaced, follow } = createPage("#/local/Greeter/SayHello");
    const token = createAccessToken({ storage: createStorage(), page });
    expect(token.get()).toBeUndefined();
    follow("#token=late", "http://localhost/#/local/Greeter/SayHello");
    expect(token.get()).toBe("late");
    expect(replaced).toEqual(["http://localhost/#/local/Greeter/SayHello"]);
  });

  it.each(["", "#token=", "#token=%", "#token=a%20b", "#/token=x"])("leaves %j alone", (hash) => {
    const { page, replaced } = createPage(hash);
    expect(createAccessToken({ storage: createStorage(), page }).get()).toBeUndefined();
    expect(replaced).toEqual([]);
  });

  it("works where the browser refuses to store", () => {
    const storage = createTextStorage(() => {
      throw new Error("refused");
    });
    const token = createAccessToken({ storage, page: createPage("").page });
    token.set("kept for now");
    expect(token.get()).toBe("kept for now");
  });
});

describe("isToken()", () => {
  it.each([
    ["s3cret", true],
    ["a b", false],
    ["密", false],
    ["", false],
  ])("of %j is %j", (text, expected) => {
    expect(isToken(text)).toBe(expected);
  });
});
