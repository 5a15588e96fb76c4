import { readFileSync } from "node:fs";
import {
  createFileRegistry,
  type DescMessage,
  type DescService,
  type FileRegistry,
  fromBinary,
} from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** The schema of `proto/testing`, which has every kind of field, nesting, rule and option. */
export interface TestingSchema {
  /** Every file after those that it imports, with comments. */
  readonly files: FileDescriptorSet;
  readonly registry: FileRegistry;
  /** A message by its name in the package, as in `Scalars.Optional`; throws where there is none. */
  message(name: string): DescMessage;
  /** A service by its name in the package; throws where there is none. */
  service(name: string): DescService;
}

/** The package of everything in it, with a dot behind it. */
const packagePrefix = "switchboard.testing.v1.";

/** Reads the schema for tests, as a page would read it from a target. */
export function readTestingSchema(): TestingSchema {
  const bytes = readFileSync(new URL("../../../../../proto/gen/testing.binpb", import.meta.url));
  const files = fromBinary(FileDescriptorSetSchema, bytes);
  const registry = createFileRegistry(files);
  const known = <Desc>(desc: Desc | undefined, name: string): Desc => {
    if (desc === undefined) {
      throw new Error(`the schema for tests has no ${packagePrefix}${name}`);
    }
    return desc;
  };
  return {
    files,
    registry,
    message: (name) => known(registry.getMessage(`${packagePrefix}${name}`), name),
    service: (name) => known(registry.getService(`${packagePrefix}${name}`), name),
  };
}
