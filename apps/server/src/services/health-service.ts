import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import {
  type Health,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { createAbortRace } from "./abort-race.ts";

/** What `createHealthService` needs. */
export interface HealthServiceOptions {
  /** The full names of the services whose state is told, as in `test.demo`. */
  services: readonly string[];
}

/** `grpc.health.v1.Health`, and the switch behind it. */
export interface HealthService {
  implementation: ServiceImpl<typeof Health>;
  /** Sets the state of the server and of all its services, and tells every watcher. It begins as serving. */
  setServing(serving: boolean): void;
}

/** The name that stands for the whole server. */
const WHOLE_SERVER = "";

/**
 * Creates the health service of a server whose services all share one state.
 * See https://github.com/grpc/grpc/blob/master/doc/health-checking.md.
 */
export function createHealthService({ services }: HealthServiceOptions): HealthService {
  const names = new Set([WHOLE_SERVER, ...services]);
  const wakers = new Set<() => void>();
  let status = ServingStatus.SERVING;

  /** Waits for the next change of the state. While nobody waits, nothing is kept. */
  async function nextChange(run: <T>(promise: Promise<T>) => Promise<T>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    wakers.add(resolve);
    try {
      await run(promise);
    } finally {
      wakers.delete(resolve);
    }
  }

  return {
    implementation: {
      check({ service }) {
        if (!names.has(service)) {
          throw new ConnectError(`this server has no service "${service}"`, Code.NotFound);
        }
        return { status };
      },

      list: () => ({ statuses: Object.fromEntries([...names].map((name) => [name, { status }])) }),

      async *watch({ service }, { signal }) {
        using race = createAbortRace(signal);
        const current = () => (names.has(service) ? status : ServingStatus.SERVICE_UNKNOWN);
        let sent: ServingStatus | undefined;
        for (;;) {
          signal.throwIfAborted();
          // Whoever reads slowly misses states that have passed, never the latest.
          if (current() === sent) {
            await nextChange(race.run);
          } else {
            sent = current();
            yield { status: sent };
          }
        }
      },
    },

    setServing(serving) {
      status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
      for (const wake of wakers) {
        wake();
      }
    },
  };
}
