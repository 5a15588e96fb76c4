import { exampleFor } from "../request/example/example-for.ts";
import { schemaExampleRules } from "../request/rules/schema-example-rules.ts";
import type { SchemaStore } from "../target/schema-store.ts";
import type { MethodRoute } from "./route.ts";

/** The example of a method, by the rules of its schema; undefined while the schema isn't there, or has no such method. */
export function exampleOf(schemas: SchemaStore, { target, service, method }: MethodRoute): string | undefined {
  const schema = schemas.find(target);
  const found = schema?.findMethod(service, method);
  return schema && found && exampleFor(found, schemaExampleRules(schema.registry));
}
