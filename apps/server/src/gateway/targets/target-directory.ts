import { isDeepStrictEqual } from "node:util";
import type { FieldList } from "../../net/http-exchange.ts";
import type { GatewayTarget, TargetDirectory, Wire } from "../gateway-target.ts";
import type { TargetSettings } from "./target-settings.ts";

/** A target with connections of its own. */
export interface RemoteTarget extends GatewayTarget {
  /** The metadata of calls that ask for the schema. Secret. */
  readonly reflectionFields: FieldList;
  /** Notes what the target was found to speak by somebody else's asking. */
  learned(wires: ReadonlySet<Wire>): void;
  /** Takes no more calls; running ones go on to their ends, and then their connections close. */
  retire(): void;
  /** Closes all connections with the calls on them. */
  close(): void;
}

/** The targets that calls can be carried to, and the settings behind them. */
export interface LiveTargets extends TargetDirectory {
  /** The target of this name where it is another server than this one. */
  findRemote(name: string): RemoteTarget | undefined;
  /** The settings of all targets but `local`, in their order. */
  settings(): readonly TargetSettings[];
  /**
   * Puts these settings in the place of all. A target whose settings stay keeps its connections; any other is retired,
   * so that no connection outlives the credentials that it was opened with. Throws where one can't be opened; then
   * everything stays.
   */
  replace(settings: readonly TargetSettings[]): void;
  /** Closes all targets with their calls, and leaves `local` alone. They stay, and refuse calls. */
  close(): void;
}

/** What `createTargetDirectory` needs. */
export interface TargetDirectoryOptions {
  /** This server's own services. */
  readonly local: GatewayTarget;
  /** Makes a target; it connects when it is first called. */
  readonly open: (settings: TargetSettings) => RemoteTarget;
}

interface Entry {
  readonly settings: TargetSettings;
  readonly target: RemoteTarget;
}

/** Creates the directory, with `local` alone in it. */
export function createTargetDirectory({ local, open }: TargetDirectoryOptions): LiveTargets {
  let entries: ReadonlyMap<string, Entry> = new Map();
  let names: readonly string[] = [local.name];

  function replace(settings: readonly TargetSettings[]): void {
    const next = new Map<string, Entry>();
    for (const each of settings) {
      const known = entries.get(each.name);
      const stays = known !== undefined && isDeepStrictEqual(known.settings, each);
      next.set(each.name, stays ? known : { settings: each, target: open(each) });
    }
    const gone = [...entries.values()].filter((entry) => next.get(entry.settings.name) !== entry);
    entries = next;
    names = Object.freeze([local.name, ...next.keys()]);
    for (const { target } of gone) {
      target.retire();
    }
  }

  return {
    find: (name) => (name === local.name ? local : entries.get(name)?.target),
    findRemote: (name) => entries.get(name)?.target,
    names: () => names,
    settings: () => [...entries.values()].map((entry) => entry.settings),
    replace,
    close() {
      for (const { target } of entries.values()) {
        target.close();
      }
    },
  };
}
