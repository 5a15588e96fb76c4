import type { DescriptorProto, FieldDescriptorProto, ServiceDescriptorProto } from "@bufbuild/protobuf/wkt";
import { keepDeclarations, type TopDeclaration, topDeclarations } from "../files/top-declarations.ts";
import type { MergedFile } from "../merge-sources.ts";
import { andOthers, quoteName } from "../quote-name.ts";
import { components } from "./components.ts";
import type { ImportTable } from "./import-table.ts";

/**
 * Splits files that need each other into parts that don't, as happens where a server joins all files of a package into
 * one. The parts come in an order in which each needs those before it alone; where even single types of several files
 * need each other, that can't be, and the part that comes first has to do without.
 *
 * @param cycle the files, whose references are full names
 */
export function splitCycle(cycle: readonly MergedFile[], table: ImportTable): MergedFile[] {
  const owners = new Map<string, Declaration>();
  const declarations = cycle.flatMap((merged) =>
    topDeclarations(merged.file.proto).map((top): Declaration => {
      const declaration = { merged, top };
      for (const name of top.names) {
        owners.set(name, declaration);
      }
      return declaration;
    }),
  );
  const ordered = components(declarations, function* ({ top }) {
    for (const name of referencesOf(top)) {
      const owner = owners.get(name.slice(1));
      if (owner !== undefined) {
        yield owner;
      }
    }
  });
  for (const { file, source } of cycle) {
    source.notes.count("split", quoteName(file.proto.name), (first, others) => {
      const subject = `${first}${andOthers(others)}`;
      return `${subject}: needed by files that they need themselves; loaded in parts`;
    });
  }
  return takeParts(ordered.flatMap(byFile), new Set(cycle), table);
}

interface Declaration {
  readonly merged: MergedFile;
  readonly top: TopDeclaration;
}

/** Brings declarations of one file together. */
function byFile(declarations: readonly Declaration[]): Declaration[] {
  return [...Map.groupBy(declarations, ({ merged }) => merged).values()].flat();
}

/** Makes a part of each run of declarations that are of one file. */
function takeParts(ordered: readonly Declaration[], cycle: ReadonlySet<MergedFile>, table: ImportTable): MergedFile[] {
  const counts = new Map<MergedFile, number>();
  const runs: { merged: MergedFile; elements: Set<object> }[] = [];
  for (const { merged, top } of ordered) {
    const last = runs.at(-1);
    if (last?.merged === merged) {
      last.elements.add(top.element);
    } else {
      runs.push({ merged, elements: new Set([top.element]) });
    }
  }
  return runs.map(({ merged, elements }) => {
    const { name } = merged.file.proto;
    const count = (counts.get(merged) ?? 0) + 1;
    counts.set(merged, count);
    const partName = count === 1 ? name : `${name.replace(/\.proto$/, "")}~part${count}.proto`;
    const dependency = merged.file.proto.dependency.filter((imported) => {
      const file = table.find(merged, imported);
      return file === undefined || !cycle.has(file);
    });
    const file = keepDeclarations(merged.file, { name: partName, dependency }, (element) => elements.has(element));
    return { file, source: merged.source };
  });
}

function* referencesOf({ element }: TopDeclaration): Generator<string, void, undefined> {
  switch (element.$typeName) {
    case "google.protobuf.DescriptorProto":
      yield* referencesOfMessage(element);
      break;
    case "google.protobuf.ServiceDescriptorProto":
      yield* referencesOfService(element);
      break;
    case "google.protobuf.FieldDescriptorProto":
      yield* referencesOfField(element);
      break;
    case "google.protobuf.EnumDescriptorProto":
      break;
  }
}

function* referencesOfMessage({ field, extension, nestedType }: DescriptorProto): Generator<string, void, undefined> {
  for (const member of [...field, ...extension]) {
    yield* referencesOfField(member);
  }
  for (const nested of nestedType) {
    yield* referencesOfMessage(nested);
  }
}

function* referencesOfService({ method }: ServiceDescriptorProto): Generator<string, void, undefined> {
  for (const { inputType, outputType } of method) {
    yield inputType;
    yield outputType;
  }
}

function* referencesOfField({ typeName, extendee }: FieldDescriptorProto): Generator<string, void, undefined> {
  yield typeName;
  yield extendee;
}
