import type { ServiceImpl } from "@connectrpc/connect";
import type { Authorize } from "@switchboard/proto/gen/authorize_pb.js";

/** What `createAuthorizeService` needs. */
export interface AuthorizeServiceOptions {
  /** Counts the GPUs of this machine: an integer from 0. */
  countGpus: () => Promise<number>;
}

/** Creates `/Authorize`: it answers how many GPUs there are, whatever word it is given. */
export function createAuthorizeService({ countGpus }: AuthorizeServiceOptions): ServiceImpl<typeof Authorize> {
  return {
    getGpuNum: async () => ({ count: await countGpus() }),
  };
}
