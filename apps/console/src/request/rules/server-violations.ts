import { type JsonObject, type JsonValue, type Registry, toJson } from "@bufbuild/protobuf";
import type { StatusDetail } from "../../call/call.ts";
import { type FieldStep, writeFieldPath } from "../document/field-path.ts";
import type { FieldViolation } from "./field-violation.ts";
import { isObject, objectsOf } from "./read-rules.ts";

/** The most violations of one answer that are placed. */
const maxViolations = 100;

/**
 * The fields that a server refuses, as the details of its status name them: `google.rpc.BadRequest` and
 * `buf.validate.Violations`, where `registry` knows them. A field that both name in the same words is told once.
 */
export function serverViolations(details: readonly StatusDetail[], registry: Registry): readonly FieldViolation[] {
  const found = new Map<string, FieldViolation>();
  for (const { typeName, message } of details) {
    const desc = registry.getMessage(typeName);
    const read = readers.get(typeName);
    if (desc === undefined || read === undefined || message?.$typeName !== typeName) {
      continue;
    }
    for (const violation of read(toJson(desc, message, { registry }))) {
      if (found.size < maxViolations) {
        found.set(`${violation.field}\n${violation.message}`, violation);
      }
    }
  }
  return [...found.values()];
}

const readers: ReadonlyMap<string, (json: JsonValue) => readonly FieldViolation[]> = new Map([
  ["google.rpc.BadRequest", readBadRequest],
  ["buf.validate.Violations", readViolations],
]);

function readBadRequest(json: JsonValue): readonly FieldViolation[] {
  return objectsOf((json as JsonObject).fieldViolations).map(({ field = "", description = "", reason = "" }) => ({
    field: String(field),
    message: String(description === "" ? reason : description),
  }));
}

function readViolations(json: JsonValue): readonly FieldViolation[] {
  return objectsOf((json as JsonObject).violations).map(({ field, message = "", ruleId = "", forKey }) => ({
    field: isObject(field) ? writeFieldPath(objectsOf(field.elements).flatMap(readElement)) : "",
    message: String(message === "" ? ruleId : message),
    ...(forKey === true ? { isKey: true } : {}),
  }));
}

function readElement({ fieldName = "", index, boolKey, intKey, uintKey, stringKey }: JsonObject): readonly FieldStep[] {
  const name: FieldStep = { kind: "name", name: String(fieldName) };
  const key = index ?? boolKey ?? intKey ?? uintKey ?? stringKey;
  return key === undefined ? [name] : [name, { kind: "subscript", key: String(key) }];
}
