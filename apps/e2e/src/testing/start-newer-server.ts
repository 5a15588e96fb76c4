import { create, createFileRegistry, type DescMethodUnary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { type FileInit, tellSchema } from "./tell-schema.ts";

/** What the server tells: the schema before parcels had the field `lot`, of the number 9. */
const older: FileInit = {
  name: "depot.proto",
  package: "depot.v1",
  syntax: "proto3",
  messageType: [
    {
      name: "Parcel",
      field: [
        { name: "id", number: 1, type: 9, label: 1, jsonName: "id" },
        { name: "grams", number: 2, type: 3, label: 1, jsonName: "grams" },
      ],
    },
  ],
  service: [
    {
      name: "Depot",
      method: [{ name: "Get", inputType: ".depot.v1.Parcel", outputType: ".depot.v1.Parcel" }],
    },
  ],
};

/** Starts a server of gRPC whose answers have a field, `lot` of the number 9, that the schema which it tells of itself lacks. */
export async function startNewerServer(): Promise<H2cServer> {
  const service = createFileRegistry(create(FileDescriptorSetSchema, { file: [older] })).getService("depot.v1.Depot");
  const [get] = service?.methods ?? [];
  if (get?.methodKind !== "unary") {
    throw new Error("the schema has no method depot.v1.Depot/Get");
  }
  const data = new BinaryWriter().string("north").finish();
  return serveH2c(
    (router) => {
      tellSchema(router, () => ({ files: [older], services: ["depot.v1.Depot"] }));
      router.rpc(get as DescMethodUnary, (request) => ({
        ...request,
        $unknown: [{ no: 9, wireType: WireType.LengthDelimited, data }],
      }));
    },
    { isGrpcAlone: true },
  );
}
