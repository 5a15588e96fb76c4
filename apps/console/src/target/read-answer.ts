import type { GetSchemaResponse } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { readSchema, relistSchema } from "../schema/read-schema.ts";
import type { TargetSchema } from "../schema/target-schema.ts";

/** Makes a schema of the server's answer. One without descriptors means those of the known schema. */
export async function readAnswer(
  target: string,
  answer: GetSchemaResponse,
  known: TargetSchema | undefined,
): Promise<TargetSchema> {
  const { revision, descriptors, services, sources } = answer;
  const listing = {
    target,
    revision,
    services,
    sources,
    sourceIdByFile: new Map(Object.entries(answer.sourceIdByFile)),
  };
  return descriptors === undefined && known !== undefined
    ? relistSchema(known, listing)
    : readSchema({ ...listing, descriptors: descriptors ?? new Uint8Array() }, rest);
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
