import type { MergedFile, MergedSchema } from "../merge-sources.ts";
import { components } from "./components.ts";
import { createImportTable } from "./import-table.ts";
import { type Imports, importedFiles, planImports, writeImports } from "./plan-imports.ts";
import { type MayNeed, type References, resolveReferences } from "./resolve-references.ts";
import { takeOutBrokenMethods } from "./service-problems.ts";
import { splitCycle } from "./split-cycle.ts";
import { createTypeTable } from "./type-table.ts";

/** A schema that can be loaded. */
export interface RepairedSchema {
  /** Its files, each behind those that it imports. */
  readonly files: readonly MergedFile[];
  readonly imports: Imports;
  /** Why services can't be called as a whole, and what would mend it, by their full names. */
  readonly problems: ReadonlyMap<string, string>;
}

/**
 * Mends a schema so that it can be loaded: what refers to missing types is taken out, imports are made what they should be,
 * circles are broken, and files are brought into the order of their imports.
 */
export function repairSchema({ files }: MergedSchema): RepairedSchema {
  let linked = link(files);
  if (linked.cycles.length > 0) {
    const table = createImportTable(files);
    const parts = linked.cycles.map((cycle) => splitCycle(cycle, table));
    const cyclic = new Set(linked.cycles.flat());
    const whole = [...files.filter((file) => !cyclic.has(file)), ...parts.flat()];
    const { references } = linked;
    linked = link(whole, inOrder(parts));
    join(linked.references, references);
  }
  for (const [file, imports] of linked.imports) {
    writeImports(file, imports);
  }
  const problems = takeOutBrokenMethods(linked.files, linked.references);
  return { files: linked.files, imports: linked.imports, problems };
}

interface Linked {
  readonly files: readonly MergedFile[];
  readonly imports: Imports;
  readonly references: References;
  /** Groups of files that need each other. */
  readonly cycles: readonly MergedFile[][];
}

/** Resolves references and imports, and orders the files. */
function link(files: readonly MergedFile[], mayNeed?: MayNeed): Linked {
  const table = createImportTable(files);
  const types = createTypeTable(files, ({ file }) => file.proto);
  const references = resolveReferences(files, { types, imports: table, mayNeed });
  const { needs } = references;
  let imports = planImports(files, { table, needs, cyclic: new Set() });
  let groups = order(files, imports);
  const cyclic = new Set(groups.filter(isCycle).flat());
  if (cyclic.size > 0) {
    imports = planImports(files, { table, needs, cyclic });
    groups = order(files, imports);
  }
  return { files: groups.flat(), imports, references, cycles: groups.filter(isCycle) };
}

function order(files: readonly MergedFile[], imports: Imports): MergedFile[][] {
  return components(files, (file) => importedFiles(imports, file));
}

function isCycle(group: readonly MergedFile[]): boolean {
  return group.length > 1;
}

/** Lets a part of a split circle need the parts before it alone. */
function inOrder(parts: readonly (readonly MergedFile[])[]): MayNeed {
  const places = new Map<MergedFile, { group: number; place: number }>();
  for (const [group, members] of parts.entries()) {
    for (const [place, member] of members.entries()) {
      places.set(member, { group, place });
    }
  }
  return (file, needed) => {
    const from = places.get(file);
    const to = places.get(needed);
    return from === undefined || to === undefined || from.group !== to.group || to.place < from.place;
  };
}

/** Adds what was lost before. */
function join(into: References, { messages, methods }: References): void {
  for (const [message, defect] of messages) {
    into.messages.set(message, defect);
  }
  for (const [service, defects] of methods) {
    into.methods.set(service, new Map([...defects, ...(into.methods.get(service) ?? [])]));
  }
}
