import type { DescMethod } from "@bufbuild/protobuf";
import type { ExampleRules } from "./example-rules.ts";
import { handPicked } from "./hand-picked.ts";
import { messageExample } from "./message-example.ts";

/**
 * A request that works as it stands: JSON text with one message, or with several one after the other where the method
 * reads a stream. Methods of other servers get one made from their schema: from the names and types of the fields, and
 * from the schema's `rules` where they are given. The same method has the same example always; it is made once.
 */
export function exampleFor(method: DescMethod, rules: ExampleRules = noRules): string {
  let known = examples.get(method);
  if (known?.rules !== rules) {
    known = { rules, text: writeExample(method, rules) };
    examples.set(method, known);
  }
  return known.text;
}

const noRules: ExampleRules = { of: () => undefined, isRequired: () => false };

const examples = new WeakMap<DescMethod, { readonly rules: ExampleRules; readonly text: string }>();

function writeExample(method: DescMethod, rules: ExampleRules): string {
  const messages = handPicked.get(`${method.parent.typeName}/${method.name}`) ?? [messageExample(method.input, rules)];
  return messages.map((message) => JSON.stringify(message, null, 2)).join("\n");
}
