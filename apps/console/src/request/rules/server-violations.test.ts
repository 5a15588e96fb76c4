import { create, createRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import { ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { BadRequestSchema } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { describe, expect, it } from "vitest";
import type { StatusDetail } from "../../call/call.ts";
import { readTestingSchema } from "../../schema/testing/testing-schema.ts";
import { commonTypes } from "../../schema/type-registry.ts";
import { serverViolations } from "./server-violations.ts";

const registry = createRegistry(commonTypes, readTestingSchema().registry);

const badRequest: StatusDetail = detailOf(
  "google.rpc.BadRequest",
  toBinary(
    BadRequestSchema,
    create(BadRequestSchema, {
      fieldViolations: [
        { field: "customer.email", description: "<b>no</b> address", reason: "EMAIL" },
        { field: 'labels["a b"]', reason: "TOO_LONG" },
      ],
    }),
  ),
);

const violations: StatusDetail = detailOf(
  "buf.validate.Violations",
  toBinary(
    ViolationsSchema,
    create(ViolationsSchema, {
      violations: [
        {
          field: {
            elements: [
              { fieldName: "lines", fieldNumber: 3, subscript: { case: "index", value: 2n } },
              { fieldName: "count", fieldNumber: 2 },
            ],
          },
          message: "too few",
        },
        {
          field: { elements: [{ fieldName: "labels", subscript: { case: "stringKey", value: 'a "b"' } }] },
          ruleId: "x.y",
        },
        { field: { elements: [{ fieldName: "by_int", subscript: { case: "intKey", value: -5n } }] }, message: "m" },
        { message: "the message as a whole" },
      ],
    }),
  ),
);

/** A detail as a call has it: decoded by the target's own types. */
function detailOf(typeName: string, value: Uint8Array): StatusDetail {
  const desc = registry.getMessage(typeName);
  return { typeName, value, message: desc && fromBinary(desc, value) };
}

describe("serverViolations()", () => {
  it("reads google.rpc.BadRequest", () => {
    expect(serverViolations([badRequest], registry)).toEqual([
      { field: "customer.email", message: "<b>no</b> address" },
      { field: 'labels["a b"]', message: "TOO_LONG" },
    ]);
  });

  it("reads buf.validate.Violations", () => {
    expect(serverViolations([violations], registry)).toEqual([
      { field: "lines[2].count", message: "too few" },
      { field: 'labels["a \\"b\\""]', message: "x.y" },
      { field: "by_int[-5]", message: "m" },
      { field: "", message: "the message as a whole" },
    ]);
  });

  it("tells a field once that two details name in the same words", () => {
    expect(serverViolations([badRequest, badRequest], registry)).toHaveLength(2);
  });

  it("reads nothing from details that are of another type, or can't be decoded", () => {
    const undecoded = { ...violations, message: undefined };
    const status = { typeName: "google.rpc.Status", value: new Uint8Array(), message: undefined };
    expect(serverViolations([undecoded, status], registry)).toEqual([]);
    expect(serverViolations([violations], commonTypes)).toEqual([]);
  });

  it("tells at most 100", () => {
    const many = create(BadRequestSchema, {
      fieldViolations: Array.from({ length: 500 }, (_, position) => ({ field: `f${position}`, description: "no" })),
    });
    const value = toBinary(BadRequestSchema, many);
    expect(serverViolations([detailOf("google.rpc.BadRequest", value)], registry)).toHaveLength(100);
  });
});
