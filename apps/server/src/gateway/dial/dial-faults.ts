import { Code } from "@connectrpc/connect";
import { formatTargetAddress, type TargetAddress } from "../../address/target-address.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";
import type { DialStage } from "./dial.ts";

const unreachableCodes: ReadonlySet<string> = new Set([
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ENETDOWN",
  "EADDRNOTAVAIL",
]);

/** The code of an error of Node.js, as in `ECONNREFUSED`; empty where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** The fault that an error of the name's lookup is; without an error the name has no addresses. */
export function lookupFault(host: string, error?: unknown): UpstreamFault {
  const code = codeOf(error);
  if (error === undefined || code === "ENOTFOUND" || code === "ENODATA") {
    return {
      code: Code.Unavailable,
      message: `the name "${host}" was not found; check its spelling, and whether the machine that Switchboard runs on can look it up`,
      endedBy: "gateway",
      kind: "name-not-found",
      parameters: { host },
    };
  }
  const answer = code === "EAI_AGAIN" ? "the name servers did not answer" : `the lookup failed${inBrackets(code)}`;
  return {
    code: Code.Unavailable,
    message: `the name "${host}" could not be looked up: ${answer}; check the network and the name servers of the machine that Switchboard runs on`,
    endedBy: "gateway",
    kind: "name-lookup-failed",
    parameters: { host },
  };
}

/** The fault that an error of `net.connect` is. */
export function connectFault(address: TargetAddress, error: unknown): UpstreamFault {
  return address.kind === "unix" ? socketFault(address, codeOf(error)) : tcpFault(address, codeOf(error));
}

/** The fault that an address did not answer in time, by the stage that had begun. */
export function timeoutFault(address: TargetAddress, stage: DialStage, timeoutMs: number): UpstreamFault {
  const where = formatTargetAddress(address);
  const parameters = { address: where, timeoutMs: String(timeoutMs) };
  const shared = { code: Code.Unavailable, endedBy: "gateway", parameters } as const;
  switch (stage) {
    case "policy":
    case "resolve":
      return {
        ...shared,
        message: `the name of ${where} was not looked up within ${timeoutMs} ms; check the network and the name servers of the machine that Switchboard runs on`,
        kind: "name-lookup-failed",
      };
    case "connect":
      return {
        ...shared,
        message: `${where} did not answer within ${timeoutMs} ms; check the address, and whether a firewall swallows the packets`,
        kind: "connect-timeout",
      };
    case "tls":
      return {
        ...shared,
        message: `${where} took the connection and did not finish the TLS handshake within ${timeoutMs} ms; check whether the port speaks TLS, and use h2c:// where it does not`,
        kind: "silent-peer",
      };
  }
}

function tcpFault(address: TargetAddress, code: string): UpstreamFault {
  const where = formatTargetAddress(address);
  const shared = { code: Code.Unavailable, parameters: { address: where } } as const;
  if (code === "ECONNREFUSED") {
    return {
      ...shared,
      message: `nothing listens at ${where}; check the port, and whether the server runs`,
      endedBy: "upstream",
      kind: "refused",
    };
  }
  if (code === "ETIMEDOUT") {
    return {
      ...shared,
      message: `${where} did not answer; check the address, and whether a firewall swallows the packets`,
      endedBy: "gateway",
      kind: "connect-timeout",
    };
  }
  const reason = unreachableCodes.has(code) ? "there is no way to" : "no connection could be opened to";
  return {
    ...shared,
    message: `${reason} ${where}${inBrackets(code)}; check the address and the network of the machine that Switchboard runs on`,
    endedBy: "gateway",
    kind: "unreachable",
  };
}

function socketFault(address: TargetAddress, code: string): UpstreamFault {
  const where = formatTargetAddress(address);
  const shared = { code: Code.Unavailable, endedBy: "gateway", parameters: { address: where } } as const;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return {
        ...shared,
        message: `there is no socket at ${where}; check the path, and whether the server runs`,
        kind: "socket-missing",
      };
    case "EACCES":
    case "EPERM":
      return {
        ...shared,
        message: `the user that Switchboard runs as may not open ${where}; let it read and write the socket`,
        kind: "unreachable",
      };
    case "ECONNREFUSED":
      return {
        ...shared,
        message: `nothing listens at ${where}, or it is no socket; check whether the server runs`,
        endedBy: "upstream",
        kind: "refused",
      };
    default:
      return {
        ...shared,
        message: `no connection could be opened to ${where}${inBrackets(code)}; check the path, and whether the server runs`,
        kind: "unreachable",
      };
  }
}

function inBrackets(code: string): string {
  return code === "" ? "" : ` (${code})`;
}
