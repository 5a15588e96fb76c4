/** The full name of what a scope declares; a scope is a package or a message, `""` for no package. */
export function joinName(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

/**
 * Finds what a reference means. One with a dot before it is a full name; any other is looked for in the scope and then in
 * those around it, as the protobuf language does. Undefined where nothing has that name.
 */
export function resolveName(
  reference: string,
  scope: string,
  isDeclared: (name: string) => boolean,
): string | undefined {
  if (reference.startsWith(".")) {
    const name = reference.slice(1);
    return isDeclared(name) ? name : undefined;
  }
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf(".")))) {
    const name = joinName(around, reference);
    if (isDeclared(name)) {
      return name;
    }
    if (around === "") {
      return undefined;
    }
  }
}
