import type { MessageModel } from "./message-model.ts";

/** One place in which messages differ. */
export interface ModelDifference {
  /** From the message to the place: `user.emails[2]`, `labels["a b"]`. Empty for the message itself. */
  readonly path: string;
  /** What each message has there, as JSON on one line, cut where it is long; undefined where it has nothing. */
  readonly values: readonly (string | undefined)[];
}

/** What was found. */
export interface ComparedModels {
  readonly differences: readonly ModelDifference[];
  /** Whether there are more than were to be listed. */
  readonly isCut: boolean;
}

const mostCharacters = 120;

/** Where messages differ, in the order of the fields' names; at most `most` places. */
export function compareModels(models: readonly (MessageModel | undefined)[], most = 200): ComparedModels {
  const differences: ModelDifference[] = [];
  let isCut = false;

  function visit(nodes: readonly (MessageModel | undefined)[], path: string): void {
    if (isCut) {
      return;
    }
    const kinds = new Set(nodes.map((node) => node?.kind));
    const [kind] = kinds;
    if (kinds.size === 1 && kind === "object") {
      const objects = nodes.map((node) => (node?.kind === "object" ? node.members : undefined));
      const names = new Set(objects.flatMap((members) => [...(members?.keys() ?? [])]));
      for (const name of [...names].sort()) {
        visit(
          objects.map((members) => members?.get(name)),
          path + memberPath(name, path === ""),
        );
      }
    } else if (kinds.size === 1 && kind === "list") {
      const lists = nodes.map((node) => (node?.kind === "list" ? node.items : []));
      const longest = lists.reduce((length, items) => Math.max(length, items.length), 0);
      for (let at = 0; at < longest && !isCut; at++) {
        visit(
          lists.map((items) => items[at]),
          `${path}[${at}]`,
        );
      }
    } else {
      const texts = nodes.map((node) => (node === undefined ? undefined : lineOf(node)));
      const isSame = kinds.size === 1 && texts.every((text) => text === texts[0]);
      if (!isSame && differences.length === most) {
        isCut = true;
      } else if (!isSame) {
        differences.push({ path, values: texts.map(cut) });
      }
    }
  }

  visit(models, "");
  return { differences, isCut };
}

function memberPath(name: string, isFirst: boolean): string {
  return /^[A-Za-z_][\w$]*$/.test(name) ? `${isFirst ? "" : "."}${name}` : `[${JSON.stringify(name)}]`;
}

function cut(text: string | undefined): string | undefined {
  return text !== undefined && text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

/** A model on one line; a large one is written no further than is shown. */
function lineOf(model: MessageModel): string {
  let text = "";
  const add = (node: MessageModel) => {
    if (node.kind === "leaf") {
      text += node.text;
      return;
    }
    const children: readonly (readonly [string, MessageModel])[] =
      node.kind === "object"
        ? [...node.members].map(([name, value]) => [`${JSON.stringify(name)}:`, value])
        : node.items.map((value) => ["", value]);
    text += node.kind === "object" ? "{" : "[";
    for (const [at, [name, value]] of children.entries()) {
      if (text.length > mostCharacters) {
        break;
      }
      text += `${at === 0 ? "" : ","}${name}`;
      add(value);
    }
    text += node.kind === "object" ? "}" : "]";
  };
  add(model);
  return text;
}
