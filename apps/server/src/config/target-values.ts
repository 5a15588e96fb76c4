import { type AllowPattern, allowPatternAllowed, parseAllowPattern } from "../address/allow-pattern.ts";
import { parseTargetAddress, type TargetAddress } from "../address/target-address.ts";
import { isTargetName, localTargetName, targetNameAllowed } from "../address/target-name.ts";
import type { ValueKind } from "./value-kinds.ts";

/** A target of the command line. */
export interface NamedTarget {
  readonly name: string;
  readonly address: TargetAddress;
}

/** Where calls go that nothing here answers: to a target of the command line by its name, or to one without a name. */
export type ProxyTarget =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "address"; readonly address: TargetAddress };

const addressAllowed = "h2c://HOST:PORT, https://HOST or unix:/PATH";

/** `NAME=URL`. */
export const namedTarget: ValueKind<NamedTarget> = {
  allowed: "NAME=URL; for example users=h2c://127.0.0.1:50051 or users=https://users.example.com",
  read(text) {
    const { name, url } = splitTarget(text);
    const parsed = parseTargetAddress(url);
    return isTargetName(name) && name !== localTargetName && parsed.kind === "address"
      ? Object.freeze({ name, address: parsed.address })
      : undefined;
  },
  reason(text) {
    const { name, url } = splitTarget(text);
    if (!text.includes("=")) {
      return undefined;
    }
    if (name === localTargetName) {
      return `the name "${localTargetName}" is that of the server's own services`;
    }
    return isTargetName(name) ? addressFault(url) : `${JSON.stringify(name)} is not ${targetNameAllowed}`;
  },
};

/** `NAME` or a URL. */
export const proxyTarget: ValueKind<ProxyTarget> = {
  allowed: `the NAME of a --target, or a URL: ${addressAllowed}`,
  read(text) {
    if (isTargetName(text)) {
      return text === localTargetName ? undefined : Object.freeze({ kind: "name", name: text });
    }
    const parsed = parseTargetAddress(text);
    return parsed.kind === "address" ? Object.freeze({ kind: "address", address: parsed.address }) : undefined;
  },
  reason: (text) => (text === localTargetName ? "the server's own services need no proxy" : addressFault(text)),
};

/** What `parseAllowPattern` reads. */
export const allowPattern: ValueKind<AllowPattern> = { allowed: allowPatternAllowed, read: parseAllowPattern };

/** What is wrong with the targets together: a name that is given twice, or a proxy that names none of them. */
export function findTargetConflicts({
  target,
  proxy,
}: {
  readonly target: readonly NamedTarget[];
  readonly proxy: ProxyTarget | undefined;
}): string[] {
  const names = target.map(({ name }) => name);
  const repeated = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  const conflicts = [...repeated].map((name) => `--target: the name "${name}" is given more than once`);
  if (proxy?.kind === "name" && !names.includes(proxy.name)) {
    conflicts.push(`--proxy: "${proxy.name}" is not the name of a --target; add --target ${proxy.name}=URL`);
  }
  return conflicts;
}

function splitTarget(text: string): { name: string; url: string } {
  const [name = "", ...rest] = text.split("=");
  return { name, url: rest.join("=") };
}

function addressFault(text: string): string | undefined {
  const parsed = parseTargetAddress(text);
  return parsed.kind === "fault" ? parsed.fault : undefined;
}
