import type { DescMessage, Registry } from "@bufbuild/protobuf";
import { readRules } from "./read-rules.ts";

/** Whether a message, or any that it can hold, has rules of its schema (protovalidate). Found out once. */
export function hasRules(desc: DescMessage, registry: Registry): boolean {
  let known = answers.get(registry);
  if (known === undefined) {
    known = new WeakMap();
    answers.set(registry, known);
  }
  let answer = known.get(desc);
  if (answer === undefined) {
    answer = registry.getExtension("buf.validate.field") !== undefined && reachesRules(desc, registry);
    known.set(desc, answer);
  }
  return answer;
}

const answers = new WeakMap<Registry, WeakMap<DescMessage, boolean>>();

function reachesRules(start: DescMessage, registry: Registry): boolean {
  const seen = new Set([start]);
  // A set yields what is added to it while it is read.
  for (const desc of seen) {
    const ruled = [desc, ...desc.oneofs, ...desc.fields].some((part) => readRules(part, registry) !== undefined);
    if (ruled) {
      return true;
    }
    for (const { message } of desc.fields) {
      if (message !== undefined) {
        seen.add(message);
      }
    }
  }
  return false;
}
