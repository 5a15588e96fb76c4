import type { DescriptorProto } from "@bufbuild/protobuf/wkt";
import { createFileEditor } from "../files/file-editor.ts";
import { joinName } from "../files/type-names.ts";
import type { MergedFile } from "../merge-sources.ts";
import type { Defect } from "./defect.ts";
import type { References } from "./resolve-references.ts";

/**
 * Takes out the methods whose messages lack something, however deep inside, and says why by the full names of their
 * services. What is left of a service can be called; one of which nothing is left goes.
 */
export function takeOutBrokenMethods(
  files: readonly MergedFile[],
  { messages, methods }: Pick<References, "messages" | "methods">,
): Map<string, string> {
  const broken = spreadDefects(files, messages);
  for (const merged of broken.size === 0 ? [] : files) {
    const editor = createFileEditor(merged.file);
    for (const service of editor.proto.service) {
      const name = joinName(editor.proto.package, service.name);
      editor.retain(service.method, (method) => {
        const defect = broken.get(method.inputType.slice(1)) ?? broken.get(method.outputType.slice(1));
        if (defect !== undefined) {
          methods.set(name, (methods.get(name) ?? new Map<string, Defect>()).set(method.name, defect));
        }
        return defect === undefined;
      });
    }
    editor.retain(
      editor.proto.service,
      ({ name, method }) => method.length > 0 || !methods.has(joinName(editor.proto.package, name)),
    );
    merged.file = editor.finish();
  }
  return new Map([...methods].map(([service, defects]) => [service, describe(service, defects)]));
}

function describe(service: string, defects: ReadonlyMap<string, Defect>): string {
  const [first] = defects;
  if (first === undefined) {
    return "";
  }
  const [method, { reason, remedy }] = first;
  const others = defects.size - 1;
  const rest = others === 0 ? "" : ` (and ${others} more of its methods)`;
  return `cannot call ${service}/${method}${rest}: ${reason}; ${remedy}`;
}

/** Every message that lacks something, or has a field of such a message, with the first defect that was found. */
function spreadDefects(
  files: readonly MergedFile[],
  defects: ReadonlyMap<string, Defect>,
): ReadonlyMap<string, Defect> {
  const spread = new Map(defects);
  if (defects.size === 0) {
    return spread;
  }
  const users = new Map<string, string[]>();
  for (const { file } of files) {
    for (const message of file.proto.messageType) {
      noteUses(message, file.proto.package, users);
    }
  }
  // The map grows while it is walked.
  for (const [name, defect] of spread) {
    for (const user of users.get(name) ?? []) {
      if (!spread.has(user)) {
        spread.set(user, defect);
      }
    }
  }
  return spread;
}

function noteUses(message: DescriptorProto, scope: string, users: Map<string, string[]>): void {
  const name = joinName(scope, message.name);
  for (const { typeName } of message.field) {
    if (typeName !== "") {
      const used = typeName.slice(1);
      const known = users.get(used);
      if (known === undefined) {
        users.set(used, [name]);
      } else {
        known.push(name);
      }
    }
  }
  for (const nested of message.nestedType) {
    noteUses(nested, name, users);
  }
}
