import type { Exchange } from "./exchange.ts";
import type { Workload } from "./workloads.ts";

/** The flag of the envelope that holds the trailers in gRPC-Web. */
const trailerFlag = 0x80;

/**
 * Throws unless an answer is the one right answer to a call, since a load generator takes any response of status 200 for
 * a success.
 *
 * @param echoes whether the request itself is as good an answer
 */
export function assertAnswer(workload: Workload, { status, body, fields }: Exchange, echoes = false): void {
  if (status !== 200) {
    throw new Error(`${workload.path} answered the HTTP status ${status}: ${body.toString()}`);
  }
  const split = workload.protocol === "grpc-web" ? workload.answer.length : body.length;
  const answer = body.subarray(0, split);
  const grpcStatus = grpcStatusOf(workload, body.subarray(split), fields);
  if (grpcStatus !== "0") {
    throw new Error(`${workload.path} ended with the grpc-status ${grpcStatus}: ${fields["grpc-message"]}`);
  }
  if (!answer.equals(workload.answer) && !(echoes && answer.equals(workload.body))) {
    throw new Error(`${workload.path} answered ${body.length} bytes that are not the right ones`);
  }
}

function grpcStatusOf(workload: Workload, rest: Buffer, fields: Exchange["fields"]): unknown {
  switch (workload.protocol) {
    case "grpc":
      return fields["grpc-status"];
    case "grpc-web":
      return rest[0] === trailerFlag ? /^grpc-status: ?(\d+)/im.exec(rest.subarray(5).toString())?.[1] : undefined;
    case "connect":
      // Its HTTP status is the status of the call.
      return "0";
  }
}
