import type { TargetAddress } from "./address/target-address.ts";
import type { Config } from "./config/options.ts";
import type { TargetSettings } from "./gateway/targets/target-settings.ts";

/** The targets that the command line sets up. */
export interface CommandLineTargets {
  readonly targets: readonly TargetSettings[];
  /** The name of the one that takes the calls that nothing here answers; undefined for none. */
  readonly proxy: string | undefined;
}

/** The name of a proxy that was given none. */
const proxyName = "proxy";

/** Makes targets of the flags `--target` and `--proxy`. A proxy that is an address becomes a target too. */
export function readCommandLineTargets({ target, proxy }: Pick<Config, "target" | "proxy">): CommandLineTargets {
  const targets = target.map(({ name, address }) => settingsOf(name, address));
  switch (proxy?.kind) {
    case undefined:
      return { targets, proxy: undefined };
    case "name":
      return { targets, proxy: proxy.name };
    case "address": {
      const name = freeName(new Set(target.map((each) => each.name)));
      return { targets: [...targets, settingsOf(name, proxy.address)], proxy: name };
    }
  }
}

function freeName(taken: ReadonlySet<string>): string {
  let name = proxyName;
  for (let i = 2; taken.has(name); i++) {
    name = `${proxyName}-${i}`;
  }
  return name;
}

function settingsOf(name: string, address: TargetAddress): TargetSettings {
  const tls = {
    caFile: undefined,
    certificateFile: undefined,
    keyFile: undefined,
    serverName: undefined,
    insecure: false,
  };
  return Object.freeze({
    name,
    address,
    origin: "command-line",
    tls: Object.freeze(tls),
    metadata: [],
    reflectionMetadata: [],
    defaultDeadlineMs: undefined,
    maxMessageBytes: undefined,
    keepaliveMs: undefined,
  });
}
