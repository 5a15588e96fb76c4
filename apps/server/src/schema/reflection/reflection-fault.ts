import { Code, type ConnectError } from "@connectrpc/connect";
import { quoteName } from "../quote-name.ts";

/** What is known of a failed reading besides its faults. */
export interface ReflectionFaultContext {
  readonly duplex: "full" | "half";
  /** The time that it was given, in milliseconds, where that ran out. */
  readonly timedOutAfterMs: number | undefined;
}

const giveFiles = "add its .proto files or a descriptor set as a source";

/**
 * Says why a target's reflection failed and what would mend it; `""` where there is no fault.
 *
 * @param faults of v1 and of v1alpha, as far as they were tried
 */
export function describeReflectionFault(
  faults: readonly ConnectError[],
  { duplex, timedOutAfterMs }: ReflectionFaultContext,
): string {
  const fault = mostTelling(faults);
  if (fault === undefined) {
    return "";
  }
  if (timedOutAfterMs !== undefined) {
    return `the target did not tell its schema within ${timedOutAfterMs} ms; try again, or ${giveFiles}`;
  }
  const told = `${Code[fault.code]}: ${quoteName(fault.rawMessage)}`;
  switch (fault.code) {
    case Code.Unauthenticated:
    case Code.PermissionDenied:
      return `the target wants other credentials before it tells its schema (${told}); set the metadata for reflection in the target's settings`;
    case Code.Unimplemented:
    case Code.NotFound:
    case Code.Unknown:
      return duplex === "half"
        ? `the target is called over HTTP/1.1, by which its reflection can't be asked (${told}); ${giveFiles}`
        : `the target has no reflection, neither v1 nor v1alpha (${told}); ${giveFiles}`;
    case Code.ResourceExhausted:
      return `an answer of the target's reflection is larger than this server takes (${told}); raise the target's limit for messages, or ${giveFiles}`;
    default:
      return `the target's reflection failed (${told}); try again, or ${giveFiles}`;
  }
}

/** Of two faults, the one that isn't merely an unknown service. */
function mostTelling(faults: readonly ConnectError[]): ConnectError | undefined {
  return faults.toSorted((a, b) => rank(a.code) - rank(b.code))[0];
}

function rank(code: Code): number {
  switch (code) {
    case Code.Unauthenticated:
    case Code.PermissionDenied:
      return 0;
    case Code.Unimplemented:
    case Code.NotFound:
      return 2;
    case Code.Unavailable:
    case Code.Unknown:
      return 3;
    default:
      return 1;
  }
}
