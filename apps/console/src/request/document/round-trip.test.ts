import { fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { arbitraryMessage } from "../json/testing/arbitrary-message.ts";
import { writeJson } from "../json/write-json.ts";
import { applyEdits } from "./apply-edits.ts";
import { makeMessages } from "./check-document.ts";
import { setMember } from "./edit-document.ts";
import { parseDocument } from "./parse-document.ts";
import { updateDocument } from "./update-document.ts";

const { registry } = readTestingSchema();
const messages = [...registry]
  .filter((desc) => desc.kind === "message")
  .filter(({ typeName }) => typeName.startsWith("switchboard.testing.v1."))
  .map((desc) => [desc.typeName, desc] as const);

describe("a message of the schema for tests", () => {
  it.each(messages)("%s comes back from its JSON and its bytes as it was", (_, desc) => {
    const options = { input: desc, registry, many: false };
    fc.assert(
      fc.property(arbitraryMessage(desc, registry), fc.boolean(), (message, defaults) => {
        const text = writeJson(desc, message, { registry, defaults });
        const made = makeMessages(parseDocument(text), options);
        expect(made.issues).toEqual([]);
        const [again = message] = made.messages;
        expect(toBinary(desc, again)).toEqual(toBinary(desc, message));
        expect(writeJson(desc, again, { registry, defaults })).toBe(text);
        const carried = fromBinary(desc, toBinary(desc, again));
        expect(writeJson(desc, carried, { registry, defaults })).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it.each(messages)("%s is the same when it is put together member by member", (_, desc) => {
    const options = { input: desc, registry, many: false };
    const order = desc.fields.map(({ jsonName }) => jsonName);
    fc.assert(
      fc.property(arbitraryMessage(desc, registry), fc.gen(), (message, gen) => {
        const text = writeJson(desc, message, { registry });
        const [value] = parseDocument(text).values;
        const members = value?.tree.kind === "object" ? value.tree.members : [];
        let document = parseDocument("");
        for (const { key, value: member } of gen(fc.shuffledSubarray, [...members], { minLength: members.length })) {
          const json = text.slice(member.at, member.at + member.tree.length);
          const edits = setMember(document, [0], key.tree.value, json, order);
          document = updateDocument(document, applyEdits(document.text, edits));
        }
        const made = makeMessages(members.length === 0 ? parseDocument(text) : document, options);
        expect(made.issues).toEqual([]);
        // Extensions stand in the order in which they were set.
        const again = made.messages.map((each) => JSON.parse(writeJson(desc, each, { registry })));
        expect(again).toEqual([JSON.parse(text)]);
      }),
      { numRuns: 20 },
    );
  });
});
