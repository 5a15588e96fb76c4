import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { JsonTree } from "../../document/json-tree.ts";

const usualPrefix = "type.googleapis.com/";

/** The type URL of the object that stands for an `Any`; undefined where it has none. */
export function typeUrlOf(value: JsonTree | undefined): string | undefined {
  const member =
    value?.kind === "object" ? value.members.find(({ key }) => key.tree.value === "@type")?.value.tree : undefined;
  return member?.kind === "string" ? member.value : undefined;
}

/** What a field shows for a type URL: without the prefix that nearly all have. `writeTypeUrl` adds it again. */
export function shownTypeUrl(url: string): string {
  const name = url.startsWith(usualPrefix) ? url.slice(usualPrefix.length) : url;
  return name.includes("/") ? url : name;
}

/** The type URL for what was typed: a type's full name, or a URL with any prefix. */
export function writeTypeUrl(typed: string): string {
  return typed.includes("/") ? typed : usualPrefix + typed;
}

/** The message type that a type URL names: all behind its last slash. */
export function findAnyType(url: string, registry: Registry): DescMessage | undefined {
  return url.includes("/") ? registry.getMessage(url.slice(url.lastIndexOf("/") + 1)) : undefined;
}

const listed = new WeakMap<Registry, readonly DescMessage[]>();

/** The message types of a registry whose names hold each of the words of `query`, those that end with it first. */
export function searchTypes(registry: Registry, query: string): readonly DescMessage[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const last = words.at(-1) ?? "";
  return messagesOf(registry)
    .map((desc) => ({ desc, name: desc.typeName.toLowerCase() }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .sort((a, b) => rankOf(a.name, last) - rankOf(b.name, last))
    .map(({ desc }) => desc);
}

/** A whole name comes before a whole last part, that before the beginning of one, and that before the rest. */
function rankOf(name: string, word: string): number {
  const own = name.slice(name.lastIndexOf(".") + 1);
  if (name === word) {
    return 0;
  }
  if (own === word) {
    return 1;
  }
  return own.startsWith(word) ? 2 : 3;
}

function messagesOf(registry: Registry): readonly DescMessage[] {
  const known = listed.get(registry);
  if (known !== undefined) {
    return known;
  }
  const messages: DescMessage[] = [];
  for (const desc of registry) {
    if (desc.kind === "message") {
      messages.push(desc);
    }
  }
  messages.sort((a, b) => (a.typeName < b.typeName ? -1 : 1));
  listed.set(registry, messages);
  return messages;
}
