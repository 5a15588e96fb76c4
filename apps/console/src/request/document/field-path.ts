/** One step of a field's path: a field (or a oneof) by its name, an item of a list by its position, an entry by its key. */
export type FieldStep =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "subscript"; readonly key: string };

/**
 * Reads a field's path as `google.rpc.BadRequest` and protovalidate write it: `customer.emails[2]`, `labels["a \"b\""]`,
 * `by_number[-5].name`, `[shop.v1.extension].name`. Undefined for what is no path; empty for the message itself.
 */
export function parseFieldPath(path: string): readonly FieldStep[] | undefined {
  const steps: FieldStep[] = [];
  let at = 0;
  while (at < path.length) {
    stepPattern.lastIndex = at;
    const found = stepPattern.exec(path);
    const isDotMissing = at > 0 && found?.groups?.name !== undefined && path[at] !== ".";
    if (found === null || found[0] === "" || isDotMissing) {
      return undefined;
    }
    const { name, extension, quoted, plain } = found.groups ?? {};
    if (name !== undefined || extension !== undefined) {
      steps.push({ kind: "name", name: name ?? `[${extension}]` });
    } else {
      steps.push({ kind: "subscript", key: quoted === undefined ? (plain ?? "") : unquote(quoted) });
    }
    at = stepPattern.lastIndex;
  }
  return steps;
}

/** Writes the steps of a path as `parseFieldPath` reads it. */
export function writeFieldPath(steps: readonly FieldStep[]): string {
  return steps
    .map((step, position) => {
      if (step.kind === "name") {
        return position === 0 ? step.name : `.${step.name}`;
      }
      return /^(?:-?\d+|true|false)$/.test(step.key) ? `[${step.key}]` : `[${JSON.stringify(step.key)}]`;
    })
    .join("");
}

/** A name or an extension, behind a dot unless it is the first; or a position or a key in brackets. */
const stepPattern =
  /\.?(?<name>[\p{L}_$][\p{L}\p{N}_$-]*)|(?:^|\.)\[(?<extension>[\w.]*[A-Za-z_][\w.]*)\]|\[(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^\]"]+))\]/uy;

function unquote(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    // Other languages escape what JSON doesn't.
    return text.replace(/\\(.)/g, "$1");
  }
}
