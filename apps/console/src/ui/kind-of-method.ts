import type { DescMethod } from "@bufbuild/protobuf";

/** The four kinds of methods: also keys of the language catalogues under `kind`. */
export type MethodKind = DescMethod["methodKind"];

/** The sign of each kind, always shown with its word. */
export const kindGlyphs: Readonly<Record<MethodKind, string>> = {
  unary: "→",
  server_streaming: "↓",
  client_streaming: "↑",
  bidi_streaming: "⇅",
};
