import { describe, expect, it } from "vitest";
import { defaultCallOptions } from "../../call/call-options.ts";
import { countChosen, type DraftOptions, defaultDraftOptions, readOptions } from "./draft-options.ts";

describe("readOptions()", () => {
  it("reads what nobody chose as the default of a call", () => {
    const problems = { maxSent: false, maxReceived: false };
    expect(readOptions(defaultDraftOptions)).toEqual({ options: defaultCallOptions, problems });
  });

  it("reads limits as they are typed", () => {
    const { options } = readOptions({ ...defaultDraftOptions, maxSent: " 4 KiB", maxReceived: "100" });
    expect([options.maxSentBytes, options.maxReceivedBytes]).toEqual([4_096, 100]);
  });

  it.each(["0", "-1", "much", "4 GiB"])("refuses the limit %j", (text) => {
    const { problems } = readOptions({ ...defaultDraftOptions, maxReceived: text });
    expect(problems).toEqual({ maxSent: false, maxReceived: true });
  });
});

describe("countChosen()", () => {
  const changes: readonly Partial<DraftOptions>[] = [
    { requestCompression: "gzip" },
    { acceptedCompressions: ["gzip"] },
    { maxSent: "1k" },
    { maxReceived: "1k" },
    ...(["protoFieldNames", "enumsAsNumbers", "emitDefaults", "ignoreUnknownFields"] as const).map((name) => ({
      json: { ...defaultDraftOptions.json, [name]: !defaultDraftOptions.json[name] },
    })),
  ];

  it("counts nothing in the default, and each difference from it", () => {
    expect(countChosen(defaultDraftOptions)).toBe(0);
    expect(changes.map((change) => countChosen({ ...defaultDraftOptions, ...change }))).toEqual(changes.map(() => 1));
  });
});
