import type { DescMethod, Registry } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { CallOptions } from "./call-options.ts";
import type { WireProtocol } from "./wire-protocol.ts";
import type { WireTap } from "./wire-tap.ts";

/** What a call asks a transport for. */
export interface TransportRequest {
  readonly method: DescMethod;
  /** Types that an `Any` in JSON can hold. */
  readonly registry: Registry;
  readonly protocol: WireProtocol;
  readonly options: CallOptions;
  /** Is told what goes over the wire. */
  readonly tap: WireTap;
}

/** What carries one run of a call. */
export interface OpenedTransport {
  /** Used for one call. */
  readonly transport: Transport;
  /** What it speaks; differs from what was asked for where that could not be had. */
  readonly protocol: WireProtocol;
}

/** Gives a call its transport. Opens no connection yet. */
export type OpenTransport = (request: TransportRequest) => OpenedTransport;
