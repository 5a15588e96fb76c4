import { base64Text } from "./base64.ts";
import type { ViewEntry, ViewNode } from "./view-node.ts";

/** The JSON token of a node that has no children. */
export function scalarToken(node: Exclude<ViewNode, { kind: "object" | "list" }>): string {
  switch (node.kind) {
    case "string":
      return JSON.stringify(node.value);
    case "timestamp":
      return JSON.stringify(node.text);
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "null":
      return "null";
    case "enum":
      return node.name === undefined ? String(node.number) : JSON.stringify(node.name);
    case "bytes":
      return JSON.stringify(base64Text(node.value));
  }
}

/** ProtoJSON with two spaces of indentation. Fields that were not on the wire are left out. */
export function prettyText(node: ViewNode, indent = ""): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case "object": {
      const parts = known(node.entries()).map(
        (entry) => `${inner}${JSON.stringify(entry.name)}: ${prettyText(entry.node, inner)}`,
      );
      return parts.length === 0 ? "{}" : `{\n${parts.join(",\n")}\n${indent}}`;
    }
    case "list": {
      const parts = node.items().map((item) => inner + prettyText(item, inner));
      return parts.length === 0 ? "[]" : `[\n${parts.join(",\n")}\n${indent}]`;
    }
    default:
      return scalarToken(node);
  }
}

/** ProtoJSON on one line, without spaces; broken off with `…` soon after `limit` characters. */
export function compactText(node: ViewNode, limit = Number.POSITIVE_INFINITY): string {
  let text = "";
  // Answers false once the limit is reached, which ends every loop above.
  const write = (part: string) => {
    text += part;
    return text.length < limit;
  };
  const writeNode = (current: ViewNode): boolean => {
    switch (current.kind) {
      case "object": {
        const fits = known(current.entries()).every(
          (entry, i) => write(`${i === 0 ? "{" : ","}${JSON.stringify(entry.name)}:`) && writeNode(entry.node),
        );
        return fits && write(known(current.entries()).length === 0 ? "{}" : "}");
      }
      case "list": {
        const items = current.items();
        return (
          items.every((item, i) => write(i === 0 ? "[" : ",") && writeNode(item)) &&
          write(items.length === 0 ? "[]" : "]")
        );
      }
      case "string":
        return write(scalarToken({ kind: "string", value: current.value.slice(0, limit) }));
      case "bytes":
        return write(
          scalarToken({ kind: "bytes", value: current.value.subarray(0, Math.min(limit, current.value.length)) }),
        );
      default:
        return write(scalarToken(current));
    }
  };
  return writeNode(node) && text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

function known(entries: readonly ViewEntry[]): readonly ViewEntry[] {
  return entries.filter(({ isSet, unknownNumber }) => isSet && unknownNumber === undefined);
}
