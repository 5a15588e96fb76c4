import type { DescField, DescMessage, DescMethod, DescService } from "@bufbuild/protobuf";
import { fieldType } from "./field-type.ts";
import type { TargetSchema } from "./target-schema.ts";

/** What happened to a part of a schema. */
export type ChangeKind = "added" | "removed" | "changed";

/** One difference between two schemas. */
export interface SchemaChange {
  readonly kind: ChangeKind;
  readonly what: "service" | "method" | "field" | "enumValue";
  /** Its full name: `test.demo`, `test.demo/hellojlc`, `test.Request.name`, `test.Colour.RED`. */
  readonly name: string;
  /** As a proto file writes it; undefined where it was added. */
  readonly before: string | undefined;
  /** As a proto file writes it; undefined where it was removed. */
  readonly after: string | undefined;
}

/** All differences between two schemas of one target. */
export interface SchemaChanges {
  readonly list: readonly SchemaChange[];
  /** Whether a method's signature changed, or a type that its messages are made of. */
  isTouched(method: DescMethod): boolean;
}

/**
 * Finds what changed from one schema to the next: services, their methods, and the fields and enum values of types that
 * both have. The types of added and removed methods are not told apart from them.
 */
export function compareSchemas(before: TargetSchema, after: TargetSchema): SchemaChanges {
  const list = [...compareServices(before, after), ...compareTypes(before, after)];
  const changedTypes = new Set(
    list.flatMap(({ what, name }) =>
      what === "field" || what === "enumValue" ? [name.slice(0, name.lastIndexOf("."))] : [],
    ),
  );
  const changedMethods = new Set(list.flatMap(({ what, name }) => (what === "method" ? [name] : [])));
  return {
    list,
    isTouched: (method) =>
      changedMethods.has(methodName(method)) ||
      reaches(method.input, changedTypes) ||
      reaches(method.output, changedTypes),
  };
}

function servicesOf({ groups }: TargetSchema): ReadonlyMap<string, DescService> {
  return new Map(groups.flatMap(({ services }) => services.map((service) => [service.typeName, service])));
}

function compareServices(before: TargetSchema, after: TargetSchema): SchemaChange[] {
  const old = servicesOf(before);
  const fresh = servicesOf(after);
  return [
    ...compareNamed({ what: "service", old, fresh, write: ({ typeName }) => typeName, nameOf: (name) => name }),
    ...[...fresh].flatMap(([typeName, service]) => {
      const earlier = old.get(typeName);
      return earlier === undefined
        ? []
        : compareNamed({
            what: "method",
            old: byName(earlier.methods),
            fresh: byName(service.methods),
            write: signature,
            nameOf: (name) => `${typeName}/${name}`,
          });
    }),
  ];
}

function compareTypes(before: TargetSchema, after: TargetSchema): SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const desc of after.registry) {
    const nameOf = (name: string) => `${desc.typeName}.${name}`;
    if (desc.kind === "message") {
      const old = before.registry.getMessage(desc.typeName);
      if (old !== undefined && old !== desc) {
        const parts = { old: byName(old.fields), fresh: byName(desc.fields) };
        changes.push(...compareNamed({ what: "field", ...parts, write: declaration, nameOf }));
      }
    } else if (desc.kind === "enum") {
      const old = before.registry.getEnum(desc.typeName);
      if (old !== undefined && old !== desc) {
        const parts = { old: byName(old.values), fresh: byName(desc.values) };
        const write = ({ name, number }: { name: string; number: number }) => `${name} = ${number}`;
        changes.push(...compareNamed({ what: "enumValue", ...parts, write, nameOf }));
      }
    }
  }
  return changes;
}

interface Comparison<T> {
  readonly what: SchemaChange["what"];
  readonly old: ReadonlyMap<string, T>;
  readonly fresh: ReadonlyMap<string, T>;
  /** Writes a part as a proto file does: what differs in writing has changed. */
  readonly write: (part: T) => string;
  /** Makes a name within its parent a full one. */
  readonly nameOf: (name: string) => string;
}

function compareNamed<T>({ what, old, fresh, write, nameOf }: Comparison<T>): SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const [name, part] of fresh) {
    const earlier = old.get(name);
    const before = earlier && write(earlier);
    const after = write(part);
    if (before !== after) {
      changes.push({ kind: earlier === undefined ? "added" : "changed", what, name: nameOf(name), before, after });
    }
  }
  for (const [name, part] of old) {
    if (!fresh.has(name)) {
      changes.push({ kind: "removed", what, name: nameOf(name), before: write(part), after: undefined });
    }
  }
  return changes;
}

function byName<T extends { readonly name: string }>(parts: readonly T[]): ReadonlyMap<string, T> {
  return new Map(parts.map((part) => [part.name, part]));
}

function methodName({ parent, name }: DescMethod): string {
  return `${parent.typeName}/${name}`;
}

function signature({ name, input, output, methodKind }: DescMethod): string {
  const takes = methodKind === "client_streaming" || methodKind === "bidi_streaming" ? "stream " : "";
  const gives = methodKind === "server_streaming" || methodKind === "bidi_streaming" ? "stream " : "";
  return `rpc ${name}(${takes}${input.typeName}) returns (${gives}${output.typeName})`;
}

function declaration(field: DescField): string {
  const oneof = field.oneof === undefined ? "" : `oneof ${field.oneof.name} `;
  return `${oneof}${fieldType(field)} ${field.name} = ${field.number}`;
}

/** Whether a type is among the changed ones, or made of one that is. */
function reaches(root: DescMessage, changed: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const waiting: DescMessage[] = [root];
  for (let desc = waiting.pop(); desc !== undefined && changed.size > 0; desc = waiting.pop()) {
    if (changed.has(desc.typeName)) {
      return true;
    }
    if (!seen.has(desc.typeName)) {
      seen.add(desc.typeName);
      for (const { message, enum: values } of desc.fields) {
        if (values !== undefined && changed.has(values.typeName)) {
          return true;
        }
        if (message !== undefined) {
          waiting.push(message);
        }
      }
    }
  }
  return false;
}
