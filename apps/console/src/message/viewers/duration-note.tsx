import { spanParts } from "../span.ts";

/** Props of `DurationNote`. */
export interface DurationNoteProps {
  /** The ProtoJSON form of a `google.protobuf.Duration`. */
  readonly text: string;
}

/** A duration in days, hours, minutes and seconds. */
export function DurationNote({ text }: DurationNoteProps) {
  return <>{spanParts(text)?.join(" ")}</>;
}
