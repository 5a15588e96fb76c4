import type { Registry } from "@bufbuild/protobuf";
import { type CommonTransportOptions, validateReadWriteMaxBytes } from "@connectrpc/connect/protocol";

/** The longest message that the page takes from a server: 64 MiB. Checked at its announced length. */
export const maxMessageBytes = 67_108_864;

/** What differs between the page's transports. */
export type TransportRim = Pick<CommonTransportOptions, "httpClient" | "baseUrl" | "useBinaryFormat"> & {
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
};

/** Options of a protocol's transport, as the page uses it: no compression of its own, since browsers have theirs. */
export function transportOptions({ registry, ...rim }: TransportRim): CommonTransportOptions {
  return {
    ...rim,
    interceptors: [],
    acceptCompression: [],
    sendCompression: null,
    jsonOptions: { registry },
    ...validateReadWriteMaxBytes(maxMessageBytes, undefined, undefined),
  };
}
