import { ConnectError } from "@connectrpc/connect";
import { formatHostAndPort, type TargetAddress } from "../../address/target-address.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { Dialer } from "../dial/create-dialer.ts";
import { type ConnectedUpstream, createUpstream } from "../upstream/create-upstream.ts";
import type { RequestOrigin } from "../upstream/request-fields.ts";
import { upstreamClosed } from "../upstream/upstream-faults.ts";
import { probeWires } from "./probe-wires.ts";
import type { RemoteTarget } from "./target-directory.ts";
import type { HeldField, TargetSettings } from "./target-settings.ts";
import { createWireMemory } from "./wire-memory.ts";

/** What `createRemoteTarget` needs beside the settings. */
export interface RemoteTargetOptions {
  readonly dialer: Dialer;
  /** The longest message in either direction where the settings leave it open, in bytes. */
  readonly maxMessageBytes: number;
}

/** The port that the authority of a request in TLS leaves out. */
const defaultTlsPort = 443;

/** Creates a target with connections of its own, which it shares with no other. */
export function createRemoteTarget(settings: TargetSettings, options: RemoteTargetOptions): RemoteTarget {
  const upstream = createTargetUpstream(settings, options.dialer);
  const heldFields = Object.freeze(toFieldList(settings.metadata)) as FieldList;
  const gone = new AbortController();
  const wires = createWireMemory({
    ask: async () => (await probeWires({ upstream, fields: heldFields, signal: gone.signal })).wires,
    isConnected: upstream.isConnected,
    now: () => performance.now(),
  });
  return {
    name: settings.name,
    upstream,
    get wires() {
      return wires.known();
    },
    learnWires: wires.learn,
    learned: wires.learned,
    heldFields,
    reflectionFields: reflectionFieldsOf(settings),
    maxMessageBytes: settings.maxMessageBytes ?? options.maxMessageBytes,
    defaultDeadlineMs: settings.defaultDeadlineMs,
    retire: upstream.retire,
    close() {
      gone.abort(new ConnectError(upstreamClosed.message, upstreamClosed.code));
      upstream.close();
    },
  };
}

/** Creates the upstream of a target. Nothing is dialled before it is used. */
export function createTargetUpstream(
  { address, keepaliveMs, ...target }: TargetSettings,
  dialer: Dialer,
): ConnectedUpstream {
  return createUpstream({ dial: dialer({ address, ...target }), keepaliveMs, ...originOf(address) });
}

/** The metadata of calls that ask a target for its schema. */
export function reflectionFieldsOf({ metadata, reflectionMetadata }: TargetSettings): FieldList {
  return toFieldList(reflectionMetadata.length > 0 ? reflectionMetadata : metadata);
}

/** Writes held metadata as fields of a request. */
export function toFieldList(fields: readonly HeldField[]): FieldList {
  return fields.flatMap(({ name, value }) => [name, value]);
}

function originOf(address: TargetAddress): RequestOrigin {
  if (address.kind === "unix") {
    return { scheme: "http", authority: "localhost" };
  }
  const { secure, host, port } = address;
  if (!secure) {
    return { scheme: "http", authority: formatHostAndPort(host, port) };
  }
  const authority = formatHostAndPort(host, port);
  return { scheme: "https", authority: port === defaultTlsPort ? authority.slice(0, -`:${port}`.length) : authority };
}
