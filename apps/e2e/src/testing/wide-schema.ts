import { create, createFileRegistry, type DescMethodUnary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type H2cServer, serveH2c } from "./serve-h2c.ts";
import { type FileInit, tellSchema } from "./tell-schema.ts";

/** The service of a message with many fields: `wide.WideService/Echo`. */
export const wideService = "wide.WideService";

const labelOptional = 1;
const typeInt32 = 5;
const typeString = 9;

/** A message of so many fields, every second one a number: `field_0`, `field_1` and so on. */
function wideFile(fields: number): FileInit {
  return {
    name: "wide.proto",
    package: "wide",
    syntax: "proto3",
    messageType: [
      {
        name: "Wide",
        field: Array.from({ length: fields }, (_, at) => ({
          name: `field_${at}`,
          jsonName: `field${at}`,
          number: at + 1,
          label: labelOptional,
          type: at % 2 === 0 ? typeString : typeInt32,
        })),
      },
    ],
    service: [{ name: "WideService", method: [{ name: "Echo", inputType: ".wide.Wide", outputType: ".wide.Wide" }] }],
  };
}

/** Starts a server in this process, with reflection, that answers a message of `fields` fields as it came. */
export function startWideServer(fields: number): Promise<H2cServer> {
  const file = wideFile(fields);
  const service = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] })).getService(wideService);
  if (service === undefined) {
    throw new Error(`the schema has no ${wideService}`);
  }
  return serveH2c((router) => {
    tellSchema(router, () => ({ files: [file], services: [wideService] }));
    for (const method of service.methods) {
      router.rpc(method as DescMethodUnary, (request) => request);
    }
  });
}
