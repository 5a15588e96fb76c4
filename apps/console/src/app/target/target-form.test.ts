import { create } from "@bufbuild/protobuf";
import { TargetSchema } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import { describe, expect, test } from "vitest";
import { createForm, formOf, readForm } from "./target-form.ts";

let count = 0;
const createId = () => `row-${count++}`;

describe("readForm()", () => {
  test("makes a target of an address alone", () => {
    expect(readForm(createForm("localhost:50051"))).toMatchObject({
      kind: "valid",
      target: { name: "localhost-50051", address: "h2c://localhost:50051", metadata: [], maxMessageBytes: 0 },
    });
  });

  test("reads back what formOf() made of a target", () => {
    const target = create(TargetSchema, {
      name: "staging",
      address: "https://api.example.com",
      tls: { caFile: "ca.pem", certificateFile: "c.pem", keyFile: "k.pem", serverName: "api", insecure: true },
      metadata: [{ name: "authorization" }],
      reflectionMetadata: [{ name: "x-reflect" }],
      defaultDeadline: { seconds: 1n, nanos: 500_000_000 },
      keepalive: { seconds: 30n },
      maxMessageBytes: 4_194_304,
    });
    expect(readForm(formOf(target, createId))).toEqual({ kind: "valid", target });
  });

  test("leaves a held value out, and sends one that was typed", () => {
    const form = {
      ...createForm("localhost:1"),
      metadata: [
        { id: "1", name: "authorization", value: undefined },
        { id: "2", name: "x-key", value: "secret" },
        { id: "3", name: " ", value: "" },
      ],
    };
    const read = readForm(form);
    expect(read.kind === "valid" && read.target.metadata.map(({ name, value }) => [name, value])).toEqual([
      ["authorization", undefined],
      ["x-key", "secret"],
    ]);
  });

  test("names every field that can't be read", () => {
    const form = { ...createForm(" "), defaultDeadline: "soon", keepalive: "-1 s", maxMessage: "huge" };
    const read = readForm(form);
    expect(read.kind === "invalid" && [...read.fields]).toEqual([
      "address",
      "name",
      "defaultDeadline",
      "keepalive",
      "maxMessage",
    ]);
  });
});
