import { Code, ConnectError } from "@connectrpc/connect";
import type { ReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import { localTargetName } from "../../net/call-path.ts";
import type { FieldList } from "../../net/http-exchange.ts";
import type { Authenticate } from "../../rpc/authenticate.ts";
import type { EndedBy } from "../../rpc/call-end.ts";
import { createTrailers } from "../../rpc/grpc/status.ts";
import { toServiceError } from "../../rpc/service-error.ts";
import { addEndedBy } from "../bridge/ended-by.ts";
import { findField } from "../bridge/response-fields.ts";
import type { GatewayTarget, TargetDirectory, Wire } from "../gateway-target.ts";
import { joinFields } from "../join-fields.ts";
import { unknownTarget } from "../unknown-target.ts";
import type { RequestCaller, UpstreamExchange, UpstreamRequest } from "../upstream/upstream.ts";
import {
  type CallHeader,
  type CarriedWire,
  chooseWire,
  createLocalRequest,
  createTargetRequest,
  readCallHeader,
  readDeadlineMs,
} from "./call-request.ts";
import { createRequestBody, type RequestBody } from "./request-body.ts";
import { createRequestGuard, type RequestGuard } from "./request-guard.ts";
import { createUpstreamResponse, type ResponseTerms } from "./upstream-response.ts";

/** How a call ended. */
export interface CallOutcome {
  /** The code of its status; 0 for success. */
  readonly code: number;
  readonly endedBy: EndedBy;
  /** What went wrong that the client doesn't get to see; undefined for nothing. */
  readonly fault?: unknown;
}

/** What a call tells of its response. After `onEnd` or `onFail` nothing follows but `onFail` at the deadline. */
export interface TargetCallEvents {
  /** The response's metadata, told once at most. */
  onHeader(fields: FieldList): void;
  /** A piece of the response's body: length-prefixed messages, cut anywhere. */
  onData(bytes: Uint8Array): void;
  /** The call has ended: these fields, with a `grpc-status`, go behind its data. */
  onEnd(trailers: FieldList, outcome: CallOutcome): void;
  /** The call has ended at once, whatever of its response the client has still to read. */
  onFail(trailers: FieldList, outcome: CallOutcome): void;
}

/** What `startTargetCall` needs. */
export interface TargetCallOptions {
  readonly targets: TargetDirectory;
  readonly authenticate: Authenticate;
  /** The target's name as the client wrote it. */
  readonly targetName: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  /** The client's address and port. */
  readonly peer: string;
  /** The account of what the client sends; gets back what the target has taken. */
  readonly credit: ReceiveCredit;
}

/** A call on its way to a target, by what the target speaks. */
export interface TargetCall {
  /** Whether the line of the call is written by the target, as this server's own services do. */
  readonly isLogged: boolean;
  /** Takes a piece of the request's body: length-prefixed messages, cut anywhere. */
  push(bytes: Uint8Array): void;
  /** The request's body is complete. */
  halfClose(): void;
  /** Holds the response's body back, and lets it flow again. */
  hold(): void;
  release(): void;
  /** Lets go of the call: nothing more is told. Its target learns of it where the call isn't over. */
  cancel(): void;
}

/** Starts a call by the fields of its header. What is wrong with it is told by the events, in a later turn at times. */
export function startTargetCall(fields: FieldList, options: TargetCallOptions, events: TargetCallEvents): TargetCall {
  const call = new Call(options, events);
  call.start(fields);
  return call;
}

/** The trailers of an error that isn't the target's own. */
export function errorTrailers(error: ConnectError, endedBy: EndedBy): FieldList {
  const trailers = createTrailers(error, undefined);
  addEndedBy(trailers, endedBy);
  return trailers;
}

class Call implements TargetCall {
  isLogged = false;
  readonly #options: TargetCallOptions;
  readonly #events: TargetCallEvents;
  readonly #body: RequestBody;
  readonly #caller: RequestCaller;
  /** Undefined for this server's own services, which see to their limits themselves. */
  #guard: RequestGuard | undefined = undefined;
  #exchange: UpstreamExchange | undefined = undefined;
  #held = false;
  #deadlineAt: number | undefined = undefined;
  #deadline: NodeJS.Timeout | undefined = undefined;
  #answered = false;
  #over = false;

  constructor(options: TargetCallOptions, events: TargetCallEvents) {
    this.#options = options;
    this.#events = events;
    this.#body = createRequestBody(options.credit);
    this.#caller = { carrier: "websocket", peer: options.peer };
  }

  start(fields: FieldList): void {
    const { targets, targetName } = this.#options;
    try {
      const target = targets.find(targetName);
      if (target?.name === localTargetName) {
        this.#startLocal(fields, target);
      } else {
        this.#startRemote(fields, target);
      }
    } catch (thrown) {
      this.#refuse(thrown);
    }
  }

  push(bytes: Uint8Array): void {
    if (this.#over || this.#answered) {
      return;
    }
    try {
      const passed = this.#guard === undefined ? bytes : this.#guard.take(bytes);
      if (passed.byteLength > 0) {
        this.#body.push(passed);
      }
    } catch (thrown) {
      this.#refuse(thrown);
    }
  }

  halfClose(): void {
    const rest = this.#guard?.rest();
    if (rest !== undefined && rest.byteLength > 0) {
      this.#body.push(rest);
    }
    this.#body.end();
  }

  hold(): void {
    this.#held = true;
    this.#exchange?.pause();
  }

  release(): void {
    this.#held = false;
    this.#exchange?.resume();
  }

  cancel(): void {
    if (!this.#over) {
      this.#over = true;
      clearTimeout(this.#deadline);
      this.#body.drop();
      this.#exchange?.cancel();
    }
  }

  expire(): void {
    this.#fail(new ConnectError("the deadline has passed", Code.DeadlineExceeded), "gateway");
  }

  #startLocal(fields: FieldList, target: GatewayTarget): void {
    const request = createLocalRequest(readCallHeader(fields), this.#options.path, this.#caller);
    const contentType = request.fields[1]?.replace("grpc", "grpc-web") ?? "";
    // The engine keeps to what the client asks for and to its own limits.
    this.#open(target, request, { wire: "grpc", contentType, readsCompressed: true, maxMessageBytes: 0xffff_ffff });
    this.isLogged = true;
  }

  #startRemote(fields: FieldList, target: GatewayTarget | undefined): void {
    const { authenticate, targets, targetName } = this.#options;
    const hidden = authenticate(joinFields(fields));
    if (target === undefined) {
      throw unknownTarget(targetName, targets.names());
    }
    const header = readCallHeader(fields);
    const deadlineMs = readDeadlineMs(header, target);
    if (deadlineMs !== undefined) {
      this.#deadlineAt = performance.now() + deadlineMs;
      this.#deadline = setTimeout(expire, deadlineMs, this);
    }
    this.#guard = createRequestGuard(target);
    const carry = (wires: ReadonlySet<Wire>) => this.#carry(target, header, hidden, chooseWire(wires, target));
    if (target.wires === undefined) {
      target
        .learnWires()
        .then(carry)
        .catch((thrown: unknown) => this.#refuse(thrown));
    } else {
      carry(target.wires);
    }
  }

  #carry(target: GatewayTarget, header: CallHeader, hidden: readonly string[], wire: CarriedWire): void {
    if (this.#over) {
      return;
    }
    const route = { target, path: this.#options.path, caller: this.#caller, hidden };
    const request = createTargetRequest(header, route, wire, this.#deadlineAt);
    if (wire === "grpc-web") {
      this.#guard?.limitToOne();
    }
    const accepted = findField(request.fields, "grpc-accept-encoding");
    this.#open(target, request, {
      wire,
      contentType: `application/grpc-web${header.codecSuffix}`,
      readsCompressed: accepted !== undefined && accepted !== "identity",
      maxMessageBytes: target.maxMessageBytes,
    });
  }

  #open(target: GatewayTarget, request: UpstreamRequest, terms: ResponseTerms): void {
    const events = this.#events;
    const response = createUpstreamResponse(terms, {
      onHeader: (fields) => events.onHeader(fields),
      onData: (bytes) => events.onData(bytes),
      onEnd: (trailers, code) => this.#end(trailers, { code, endedBy: "upstream" }),
      onError: (error, endedBy) => this.#endWith(error, endedBy),
      onDrain: () => this.#body.drained(),
    });
    this.#exchange = target.upstream.open(request, response);
    if (this.#held) {
      this.#exchange.pause();
    }
    this.#body.connect(this.#exchange);
  }

  /** A call that was given up for its deadline elsewhere may be told of before the deadline's own timer. */
  #endWith(error: ConnectError, endedBy: EndedBy): void {
    this.#exchange?.cancel();
    if (error.code === Code.Canceled && this.#deadlineAt !== undefined && performance.now() >= this.#deadlineAt) {
      this.expire();
    } else {
      this.#end(errorTrailers(error, endedBy), { code: error.code, endedBy });
    }
  }

  #end(trailers: FieldList, outcome: CallOutcome): void {
    this.#answered = true;
    this.#body.drop();
    if (!this.#over) {
      this.#events.onEnd(trailers, outcome);
    }
  }

  #refuse(thrown: unknown): void {
    const { error, fault } = toServiceError(thrown);
    this.#fail(error, "gateway", fault);
  }

  #fail(error: ConnectError, endedBy: EndedBy, fault?: unknown): void {
    if (!this.#over) {
      this.cancel();
      this.#events.onFail(errorTrailers(error, endedBy), { code: error.code, endedBy, fault });
    }
  }
}

function expire(call: Call): void {
  call.expire();
}
