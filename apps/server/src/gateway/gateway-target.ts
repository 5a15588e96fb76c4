import type { FieldList } from "../net/http-exchange.ts";
import type { Upstream } from "./upstream/upstream.ts";

/** A protocol that a target speaks: gRPC over HTTP/2, gRPC-Web, or Connect. */
export type Wire = "grpc" | "grpc-web" | "connect";

/** A server that calls are carried to, by its name. What it holds is fixed: a change of its settings makes a new one. */
export interface GatewayTarget {
  /** Its name in `/gateway/<name>/<Service>/<Method>`. */
  readonly name: string;
  readonly upstream: Upstream;
  /** What it speaks; undefined until `learnWires` was answered. */
  readonly wires: ReadonlySet<Wire> | undefined;
  /**
   * Asks the target what it speaks, once for all who ask at a time. Rejects with a ConnectError where it can't be
   * reached.
   */
  learnWires(): Promise<ReadonlySet<Wire>>;
  /** The metadata that is added to every call, in the place of the caller's of that name. Secret. */
  readonly heldFields: FieldList;
  /** The longest message in either direction, in bytes. */
  readonly maxMessageBytes: number;
  /** The deadline of calls that bring none, in milliseconds; undefined for none. */
  readonly defaultDeadlineMs: number | undefined;
}

/** The targets of the gateway, by their names. */
export interface TargetDirectory {
  /** The target of this name; undefined where nobody set it up. */
  find(name: string): GatewayTarget | undefined;
  /** All names, `local` first. */
  names(): readonly string[];
}
