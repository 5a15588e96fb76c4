import { createFileRegistry, type DescMethod, type DescService, fromBinary, type Registry } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { createClient, type Transport } from "@connectrpc/connect";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";

/** A target's schema as the page gets it. */
export interface TargetSchema {
  readonly registry: Registry;
  /** The method of this name of harbour.v1's service. Throws where the schema has none. */
  method(name: string): DescMethod;
}

const serviceName = "harbour.v1.HarbourService";

/**
 * Asks Switchboard for the schema of a target that has harbour.v1 by reflection. Rejects where the service is listed as broken.
 *
 * @param transport to Switchboard's own services
 */
export async function readHarbourSchema(transport: Transport, target: string): Promise<TargetSchema> {
  const { descriptors, services } = await createClient(SchemaService, transport).getSchema({ target });
  const listed = services.find(({ name }) => name === serviceName);
  if (listed === undefined || listed.problem !== "") {
    const found = services.map(({ name }) => name).join(", ");
    throw new Error(`${serviceName} is ${listed?.problem ?? `not among ${found || "no services at all"}`}`);
  }
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptors ?? new Uint8Array()));
  const service = registry.getService(serviceName);
  return { registry, method: (name) => findMethod(service, name) };
}

function findMethod(service: DescService | undefined, name: string): DescMethod {
  const method = service?.methods.find((one) => one.name === name);
  if (method === undefined) {
    throw new Error(`the schema has no ${serviceName}.${name}`);
  }
  return method;
}
