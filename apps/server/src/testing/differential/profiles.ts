import type { ConnectRouterOptions } from "@connectrpc/connect";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { gateByHeader } from "./probe-routes.ts";

/** The name of a set of options that both sides are started with. */
export type ProfileName = "usual" | "strict" | "compressing";

/** The longest message that the strict profile reads, in bytes. */
export const strictReadMaxBytes = 200;

/** The longest timeout that the strict profile allows, in milliseconds. */
export const strictMaxTimeoutMs = 60_000;

const jsonOptions = { ignoreUnknownFields: false };

/** Creates the options of a profile, anew for each side, since the stock adapter writes to its own. */
export function createProfile(name: ProfileName): ConnectRouterOptions {
  switch (name) {
    case "usual":
      return { jsonOptions, acceptCompression: [compressionGzip, compressionBrotli] };
    case "strict":
      return {
        jsonOptions,
        acceptCompression: [compressionGzip, compressionBrotli],
        requireConnectProtocolHeader: true,
        maxTimeoutMs: strictMaxTimeoutMs,
        readMaxBytes: strictReadMaxBytes,
        requestGate: gateByHeader,
      };
    case "compressing":
      return { jsonOptions, acceptCompression: [compressionBrotli, compressionGzip], compressMinBytes: 0 };
  }
}

/** All profiles. */
export const profileNames: readonly ProfileName[] = ["usual", "strict", "compressing"];
