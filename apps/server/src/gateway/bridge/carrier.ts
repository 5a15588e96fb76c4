import { Code } from "@connectrpc/connect";
import { codeFromHttpStatus } from "@connectrpc/connect/protocol-grpc";
import { emptyBody, type HttpExchange } from "../../net/http-exchange.ts";
import type { Authenticate } from "../../rpc/authenticate.ts";
import type { CallForm } from "../../rpc/call-form.ts";
import { type CallLog, type LineFacts, logCall } from "../../rpc/call-log.ts";
import { connectUnaryProtocol } from "../../rpc/connect/protocol.ts";
import { toServiceError } from "../../rpc/service-error.ts";
import type { TargetDirectory } from "../gateway-target.ts";
import { unknownTarget } from "../unknown-target.ts";
import { type CarriedCall, startCarriedCall } from "./carried-call.ts";
import { addEndedBy } from "./ended-by.ts";
import { createTurnQueue } from "./turn-queue.ts";

/** A call by HTTP that goes to a target. */
export interface IncomingCarriedCall {
  readonly exchange: HttpExchange;
  /** The target's name. */
  readonly target: string;
  /** `/package.Service/Method`, without a query. */
  readonly path: string;
  /** How the call is written; undefined where the request is no call. */
  readonly form: CallForm | undefined;
}

/** Carries calls by HTTP to targets. */
export interface Carrier {
  /**
   * Carries a call and answers it, always: what goes wrong is an error in the caller's protocol. Its line is logged when
   * it is over.
   */
  carry(call: IncomingCarriedCall): void;
}

/** What `createCarrier` needs. */
export interface CarrierOptions {
  readonly targets: TargetDirectory;
  readonly authenticate: Authenticate;
  readonly log: CallLog;
}

/** Creates what carries calls: it checks the token, finds the target, and bridges what the two sides speak. */
export function createCarrier({ targets, authenticate, log }: CarrierOptions): Carrier {
  const turns = createTurnQueue<CarriedCall>((call) => call.endTurn());
  return {
    carry({ exchange, target: name, path, form }) {
      const started = performance.now();
      const facts: LineFacts = { path, carrier: "http", form, peer: exchange.peer, started, target: name };
      try {
        const hidden = authenticate(exchange.headers);
        const target = targets.find(name);
        if (target === undefined) {
          throw unknownTarget(name, targets.names());
        }
        if (!isMethodOf(exchange, form)) {
          refuseByHttp(exchange, 405, facts, log);
          return;
        }
        if (form === undefined) {
          refuseByHttp(exchange, 415, facts, log);
          return;
        }
        startCarriedCall({ facts, exchange, form, target, hidden, log, turns });
      } catch (thrown) {
        refuse(exchange, thrown, facts, log);
      }
    },
  };
}

/** Connect's unary form alone has a GET. */
function isMethodOf({ method }: HttpExchange, form: CallForm | undefined): boolean {
  return method === "POST" || (method === "GET" && form?.protocol.form === "connect-unary");
}

const acceptedTypes = [
  "application/grpc",
  "application/grpc-web",
  "application/grpc-web-text",
  "application/proto",
  "application/json",
  "application/connect+proto",
  "application/connect+json",
].join(", ");

/** Answers a request that no protocol has. */
function refuseByHttp(exchange: HttpExchange, status: 405 | 415, facts: LineFacts, log: CallLog): void {
  exchange.send(status, status === 405 ? ["allow", "POST"] : ["accept-post", acceptedTypes], emptyBody);
  const code = codeFromHttpStatus(status);
  logCall(log, facts, { code, fault: undefined, httpStatus: status, bytesIn: 0, bytesOut: 0, endedBy: "gateway" });
}

/** Answers a call that no target gets. */
function refuse(exchange: HttpExchange, thrown: unknown, facts: LineFacts, log: CallLog): void {
  const { error, fault } = toServiceError(thrown);
  const contentType = exchange.headers["content-type"] ?? "";
  const httpStatus = error.code === Code.NotFound ? 404 : undefined;
  const { status, fields, body } = (facts.form?.protocol ?? connectUnaryProtocol).refuse(
    error,
    contentType,
    httpStatus,
  );
  addEndedBy(fields, "gateway");
  exchange.send(status, fields, body);
  const bytesOut = body.byteLength;
  logCall(log, facts, { code: error.code, fault, httpStatus: status, bytesIn: 0, bytesOut, endedBy: "gateway" });
}
