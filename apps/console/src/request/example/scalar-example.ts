import { type JsonValue, ScalarType } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { wordsOf } from "./name-words.ts";
import { textExample } from "./text-example.ts";

/**
 * An example of a scalar, in the ProtoJSON form, that suits a field of this name. `position` tells the items of a list
 * apart: each has another value, as far as the type has others.
 */
export function scalarExample(name: string, type: ScalarType, position = 0): JsonValue {
  const words = wordsOf(name);
  switch (type) {
    case ScalarType.STRING:
      return textExample(words, position);
    case ScalarType.BYTES:
      return base64Encode(new TextEncoder().encode(position === 0 ? "hello" : `hello ${position + 1}`));
    case ScalarType.BOOL:
      return position % 2 === 0 && truths.test(words.join("_"));
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return figure(words, fractions, 1.5) + position;
    case ScalarType.INT64:
    case ScalarType.UINT64:
    case ScalarType.SINT64:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return String(figure(words, longs, undefined) + position);
    case ScalarType.INT32:
    case ScalarType.UINT32:
    case ScalarType.SINT32:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return figure(words, integers, 1) + position;
  }
}

type Figures = readonly (readonly [name: RegExp, value: number])[];

function figure(words: readonly string[], figures: Figures, rest: number | undefined): number {
  const name = words.join("_");
  return figures.find(([pattern]) => pattern.test(name))?.[1] ?? rest ?? figure(words, integers, 1);
}

const truths = /(^|_)(is|has|enabled?|active|verified|valid|dry_run|validate_only|include)(_|$)/;

/** Noon of no matter: 2030-10-10T00:00:00Z, in seconds since 1970. */
const moment = 1_917_820_800;

const integers: Figures = [
  [/(^|_)(page_size|per_page|limit|max_results|max_items|top|take)$/, 10],
  [/(^|_)(offset|skip|start_index|nanos|nanoseconds)$/, 0],
  [/(^|_)(timeout|ttl|deadline)(_seconds|_secs|_s)?$/, 30],
  [/(^|_)(timestamp|unix|epoch|created|updated|deleted|modified)(_at|_time|_seconds|_secs|_sec)?$|_(at|time)$/, moment],
  [/(^|_)age$/, 36],
  [/(^|_)port$/, 8080],
  [/(^|_)year$/, 2030],
  [/(^|_)(month|day)$/, 10],
  [/(^|_)(percent|percentage)$/, 50],
  [/(^|_)width$/, 640],
  [/(^|_)height$/, 480],
];

const longs: Figures = [
  [/(^|_)(timestamp|unix|epoch|at|time)_(ms|millis|milliseconds)$/, moment * 1_000],
  [/(^|_)(timestamp|unix|epoch|at|time)_(us|micros|microseconds)$/, moment * 1_000_000],
];

const fractions: Figures = [
  [/(^|_)(lat|latitude)$/, 51.5],
  [/(^|_)(lng|lon|long|longitude)$/, -0.125],
  [/(^|_)(price|cost|amount|total|fee|balance)$/, 9.99],
  [/(^|_)(ratio|probability|confidence|rate|weight|alpha)$/, 0.5],
  [/(^|_)(percent|percentage)$/, 50],
  [/(^|_)temperature$/, 21.5],
];
