import type { ServiceImpl } from "@connectrpc/connect";
import type { Greeter } from "@switchboard/proto/gen/greeter_pb.js";

/** Whom an empty name greets. */
const DEFAULT_NAME = "world";

/** Creates `/Greeter`: it greets the name that it is given, and `world` when the name is empty. */
export function createGreeterService(): ServiceImpl<typeof Greeter> {
  return {
    sayHello: ({ name }) => ({ message: `Hello, ${name || DEFAULT_NAME}!` }),
    test: ({ name }) => ({ message: `Test ok: ${name || DEFAULT_NAME}` }),
  };
}
