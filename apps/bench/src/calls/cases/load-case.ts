import { assertAnswer } from "../assert-answer.ts";
import type { Case, Measurement, Unit } from "../case.ts";
import { exchange, type Transport } from "../exchange.ts";
import type { H2load, Load } from "../h2load.ts";
import type { RunningSubject } from "../subject.ts";
import type { Workload } from "../workloads.ts";

/** A load that a case puts on each of its subjects. */
export interface LoadStep {
  readonly what: string;
  readonly transport: Transport;
  readonly workload: Workload;
  readonly load: Load;
  /** Default: calls a second. */
  readonly unit?: Unit;
  /** Makes the value out of the calls a second. Default: leaves them as they are. */
  readonly toValue?: (rate: number) => number;
}

/** Creates a case that puts loads on each subject, one after the other. */
export function createLoadCase(
  h2load: H2load,
  { steps, ...rest }: Omit<Case, "measure"> & { readonly steps: readonly LoadStep[] },
): Case {
  return {
    ...rest,
    async measure(server) {
      const measurements: Measurement[] = [];
      for (const { what, transport, workload, load, unit = "calls/s", toValue = (rate: number) => rate } of steps) {
        await assertAnswerOf(server, transport, workload);
        const rate = await h2load.saturate({ origin: server.origin, transport, workload }, load);
        measurements.push({ what, unit, value: toValue(rate) });
      }
      return measurements;
    },
  };
}

/** Makes one call, and throws unless it is answered right. */
export async function assertAnswerOf(
  { origin, subject }: RunningSubject,
  transport: Transport,
  workload: Workload,
): Promise<void> {
  assertAnswer(workload, await exchange(origin, transport, workload), subject.echoes);
}
