import type { DescMethod } from "@bufbuild/protobuf";
import type { Chord } from "../actions/chord.ts";

/** One thing that the palette offers. */
export interface PaletteEntry {
  /** Stays the same from one opening of the page to the next, so that its use can be counted. */
  readonly id: string;
  readonly kind: "action" | "tab" | "method" | "target";
  readonly title: string;
  /** What tells it from others of its title: the service, the target's address. */
  readonly detail: string;
  /** The key that does the same. */
  readonly chord?: Chord;
  /** A method's kind. */
  readonly methodKind?: DescMethod["methodKind"];
  /** Whether its call is under way. */
  readonly isLive?: boolean;
  run(): void;
}
