import { join } from "node:path";
import type { ServiceImplSpec } from "@connectrpc/connect";
import { SchemaService } from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import type { Logger } from "pino";
import { localTargetName } from "./address/target-name.ts";
import { connectReflection } from "./admin/find-reflection.ts";
import { createSchemaService } from "./admin/schema-service.ts";
import type { Config } from "./config/options.ts";
import { replaceFile } from "./gateway/targets/replace-file.ts";
import type { LiveTargets } from "./gateway/targets/target-directory.ts";
import type { FieldList } from "./net/http-exchange.ts";
import { tokenHeader } from "./rpc/authenticate.ts";
import { serviceEntry } from "./rpc/service-entry.ts";
import { createCompiler } from "./schema/compile/create-compiler.ts";
import { readDescriptorSet } from "./schema/compile/read-descriptor-set.ts";
import { createSchemaStore, type SchemaStore } from "./schema/schema-store.ts";
import type { SchemaTarget } from "./schema/store/read-source.ts";
import { createSourceFolder } from "./schema/store/source-folder.ts";

/** What is kept of schemas. */
export function createTargetSchemas({ data }: Pick<Config, "data">): SchemaStore {
  const folder = createSourceFolder({ directory: join(data, schemasFolder), replaceFile });
  return createSchemaStore({ folder, now: Date.now });
}

/** What `createSchemaEntry` needs. */
export interface SchemaEntryOptions {
  readonly store: SchemaStore;
  readonly targets: LiveTargets;
  /** The token of calls to `local`; undefined for none. */
  readonly token: string | undefined;
  readonly log: Logger;
}

/** The folder of the sources of schemas in the data directory. */
const schemasFolder = "schemas";

/** The largest descriptor set that is read, in bytes: 32 MiB, also after decompression. */
const maxDescriptorBytes = 33_554_432;

/** Creates the service by which the page gets the schemas of targets, and puts it together with its implementation. */
export function createSchemaEntry({ store, targets, token, log }: SchemaEntryOptions): ServiceImplSpec {
  const localFields: FieldList = token === undefined ? [] : [tokenHeader, token];

  function findTarget(name: string): SchemaTarget | undefined {
    const target = targets.find(name);
    if (target === undefined) {
      return undefined;
    }
    const fields = name === localTargetName ? localFields : (targets.findRemote(name)?.reflectionFields ?? []);
    return {
      identity: target,
      async openReflection(signal) {
        const wires = target.wires ?? (await target.learnWires());
        signal.throwIfAborted();
        return connectReflection({ upstream: target.upstream, wires, fields });
      },
    };
  }

  return serviceEntry(
    SchemaService,
    createSchemaService({
      store,
      findTarget,
      compile: createCompiler(),
      readDescriptors: (bytes) => readDescriptorSet(bytes, maxDescriptorBytes),
      now: () => performance.now(),
      log,
    }),
  );
}
