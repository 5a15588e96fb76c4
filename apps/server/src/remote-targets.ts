import { join } from "node:path";
import type { ServiceImplSpec } from "@connectrpc/connect";
import { TargetService } from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { Logger } from "pino";
import { findReflection } from "./admin/find-reflection.ts";
import { createTargetService } from "./admin/target-service.ts";
import { testTarget } from "./admin/test-target.ts";
import { findTlsViolations } from "./admin/tls-violations.ts";
import { readCommandLineTargets } from "./command-line-targets.ts";
import type { Config } from "./config/options.ts";
import { isLoopback, type ListenAddress } from "./config/value-kinds.ts";
import { createAddressPolicy } from "./gateway/dial/address-policy.ts";
import { createDialer } from "./gateway/dial/create-dialer.ts";
import { createReadTlsFiles } from "./gateway/dial/read-tls-files.ts";
import type { GatewayTarget } from "./gateway/gateway-target.ts";
import { createRemoteTarget, createTargetUpstream } from "./gateway/targets/create-remote-target.ts";
import { mergeTargets } from "./gateway/targets/merge-targets.ts";
import type { SavedTargets } from "./gateway/targets/saved-targets.ts";
import { createTargetDirectory, type LiveTargets } from "./gateway/targets/target-directory.ts";
import { serviceEntry } from "./rpc/service-entry.ts";
import { createSchemaEntry, createTargetSchemas } from "./target-schemas.ts";

/** What `createRemoteTargets` needs. */
export interface RemoteTargetsOptions {
  readonly config: Config;
  readonly saved: SavedTargets;
  /** This server's own services. */
  readonly local: GatewayTarget;
  /** Where the server listens; undefined until it does. */
  readonly ownAddress: () => ListenAddress | undefined;
  readonly log: Logger;
}

/** The targets, and the services of the page that work on them. */
export interface RemoteTargets {
  readonly targets: LiveTargets;
  /** The name of the target that takes the calls that nothing here answers; undefined for none. */
  readonly proxy: string | undefined;
  /** The page's own services, which `local` doesn't list. */
  readonly services: readonly ServiceImplSpec[];
  /** Ends calls to other servers with `UNAVAILABLE`, and gives up what the services do. */
  close(): void;
}

/** The folder of the files of TLS in the data directory. */
const tlsFolder = "tls";

/**
 * The longest message that is carried to and from a target whose settings don't say, in bytes: 64 MiB, as much as the page
 * reads. Messages are passed on piece by piece and never held whole, so that the services' own limit would only be in the way.
 */
const carriedMessageBytes = 67_108_864;

/** Puts together what calls to other servers go through. Nothing is dialled before it is used. */
export function createRemoteTargets(options: RemoteTargetsOptions): RemoteTargets {
  const { config, saved, local, ownAddress, log } = options;
  const commandLine = readCommandLineTargets(config);
  const policy = createAddressPolicy({
    listensBeyondLoopback: !isLoopback(config.listen.host),
    allowTarget: config.allowTarget,
    ownAddress,
  });
  const readTlsFiles = createReadTlsFiles(join(config.data, tlsFolder));
  const dialer = createDialer({ policy, readTlsFiles });
  const maxMessageBytes = Math.max(config.maxMessageBytes, carriedMessageBytes);
  const targets = createTargetDirectory({
    local,
    open: (settings) => createRemoteTarget(settings, { dialer, maxMessageBytes }),
  });
  targets.replace(mergeTargets(commandLine.targets, saved.current()));
  const schemas = createTargetSchemas(config);
  const targetService = createTargetService({
    saved,
    targets,
    commandLine: commandLine.targets,
    canAdd: policy.canAdd,
    checkAllowed: policy.checkTarget,
    findTlsViolations: (tls) => findTlsViolations(tls, readTlsFiles),
    schemas,
    test: (settings, signal) =>
      testTarget(settings, { openUpstream: (each) => createTargetUpstream(each, dialer), findReflection }, signal),
    now: () => performance.now(),
    log,
  });
  return {
    targets,
    proxy: commandLine.proxy,
    services: [
      serviceEntry(TargetService, targetService),
      createSchemaEntry({ store: schemas, targets, token: config.token, log }),
    ],
    close() {
      schemas[Symbol.dispose]();
      targets.close();
    },
  };
}
