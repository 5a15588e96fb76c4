import { Code } from "@connectrpc/connect";
import { codeFromHttpStatus } from "@connectrpc/connect/protocol-grpc";

/**
 * The code that an HTTP status stands for where a response has no status of gRPC
 * (https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md).
 */
export function codeOfHttpStatus(status: number): Code {
  return status === 431 ? Code.Internal : codeFromHttpStatus(status);
}
