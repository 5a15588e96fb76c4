import { Code, ConnectError } from "@connectrpc/connect";
import type { ExchangeListener, FieldList, HttpExchange } from "../../net/http-exchange.ts";
import type { EndedBy } from "../../rpc/call-end.ts";
import type { CallForm } from "../../rpc/call-form.ts";
import { type CallLog, type LineFacts, logCall } from "../../rpc/call-log.ts";
import { messageTooLong } from "../../rpc/message-limit.ts";
import { toServiceError } from "../../rpc/service-error.ts";
import type { GatewayTarget, Wire } from "../gateway-target.ts";
import type { RequestDeadline, UpstreamExchange } from "../upstream/upstream.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";
import { type CarriedResponse, createCarriedResponse, type ResponseOwner } from "./carried-response.ts";
import { choosePassage } from "./choose-passage.ts";
import { readTimeout, type TimeoutField } from "./read-timeout.ts";
import { createRequestBody, type RequestBody } from "./request-body.ts";
import { createRequestFields } from "./request-fields.ts";
import { resetCodeOf } from "./reset-code.ts";
import { readResponseTerms } from "./response-terms.ts";
import { createTargetListener, type TargetListenerOwner } from "./target-listener.ts";
import type { TurnQueue } from "./turn-queue.ts";

/** A call that goes to a target. */
export interface CarriedCallOptions {
  /** What its line in the log tells. */
  readonly facts: LineFacts;
  readonly exchange: HttpExchange;
  readonly form: CallForm;
  readonly target: GatewayTarget;
  /** Lower-case names of the fields that the target doesn't get to see. */
  readonly hidden: readonly string[];
  readonly log: CallLog;
  readonly turns: TurnQueue<CarriedCall>;
}

/** Carries a call. From then on its exchange is answered, whatever happens, and its line is logged when it is over. */
export function startCarriedCall(options: CarriedCallOptions): void {
  new CarriedCall(options).start();
}

/** A path with a query that HTTP/2 takes as `:path`. */
const legalPath = /^\/[\x21\x22\x24-\x7e]*$/;

/** A call on its way. A class, since every call makes one: its methods stand on the prototype. */
export class CarriedCall implements ExchangeListener, ResponseOwner, TargetListenerOwner {
  readonly #options: CarriedCallOptions;
  readonly #response: CarriedResponse;
  readonly #body: RequestBody;
  #deadline: RequestDeadline | undefined = undefined;
  #timer: NodeJS.Timeout | undefined = undefined;
  #upstream: UpstreamExchange | undefined = undefined;
  #requestEnded = false;
  #over = false;
  #fault: unknown = undefined;

  constructor(options: CarriedCallOptions) {
    const { exchange, form, target } = options;
    this.#options = options;
    const { terms, text } = readResponseTerms(exchange, form, target.maxMessageBytes);
    this.#response = createCarriedResponse({ exchange, protocol: form.protocol, terms, text });
    this.#body = createRequestBody(form, target.maxMessageBytes);
  }

  start(): void {
    const { exchange, target } = this.#options;
    exchange.listen(this);
    try {
      this.#startDeadline();
      if (target.wires !== undefined) {
        this.#open(target.wires);
      }
    } catch (thrown) {
      this.failUnexpectedly(thrown);
    }
    if (!this.#response.ended && this.#upstream === undefined) {
      exchange.pause();
      this.#learnWires();
    }
  }

  onData(chunk: Uint8Array): void {
    if (this.#response.ended) {
      return;
    }
    try {
      const bytes = this.#body.take(chunk);
      if (bytes.byteLength > 0) {
        this.#write(bytes);
      }
      if (this.#body.tooLongBytes !== undefined) {
        this.fail(messageTooLong(this.#body.tooLongBytes, this.#options.target.maxMessageBytes), "gateway");
      }
    } catch (thrown) {
      this.failUnexpectedly(thrown);
    }
  }

  onEnd(): void {
    this.#requestEnded = true;
    if (this.#response.ended || this.#upstream === undefined) {
      return;
    }
    try {
      const rest = this.#body.finish();
      if (rest.byteLength > 0) {
        this.#upstream.write(rest);
      }
      this.#upstream.end();
    } catch (thrown) {
      this.failUnexpectedly(thrown);
    }
  }

  onDrain(): void {
    this.#response.drained();
    this.#upstream?.resume();
  }

  onClose(complete: boolean): void {
    if (this.#over) {
      return;
    }
    this.#over = true;
    clearTimeout(this.#timer);
    const { ended, cut, code, endedBy, httpStatus, bytesOut } = this.#response;
    const isGivenUp = !complete && !cut && (!ended || code === 0);
    if (!ended) {
      this.#response.abandon();
      this.#upstream?.cancel();
    }
    const { facts, log } = this.#options;
    logCall(log, facts, {
      code: isGivenUp ? Code.Canceled : code,
      endedBy: isGivenUp ? "client" : endedBy,
      fault: this.#fault,
      httpStatus,
      bytesIn: this.#body.bytes,
      bytesOut,
    });
  }

  fail(error: ConnectError, endedBy: EndedBy): void {
    this.#upstream?.cancel();
    this.#response.fail(error, endedBy);
  }

  /** Ends the call by what was thrown: an error that is told, or a fault that only the log gets to see. */
  failUnexpectedly(thrown: unknown): void {
    const { error, fault } = toServiceError(thrown);
    this.#fault ??= fault;
    const wasSending = this.#response.ended;
    try {
      this.fail(error, "gateway");
    } catch {
      // The first fault is the one to look at.
      this.#response.cutOff(error.code, "gateway");
    }
    if (wasSending && !this.#over) {
      this.#response.cutOff(error.code, "gateway");
    }
  }

  awaitTurn(): void {
    this.#options.turns.add(this);
  }

  /** To be called at the end of the turn in which `awaitTurn` asked for it. */
  endTurn(): void {
    try {
      this.#response.flush();
    } catch (thrown) {
      this.failUnexpectedly(thrown);
    }
  }

  hold(): void {
    this.#upstream?.pause();
  }

  discard(): void {
    this.#upstream?.cancel();
  }

  /** The target takes more. */
  resumeRequest(): void {
    if (!this.#response.ended) {
      this.#options.exchange.resume();
    }
  }

  /** What the target's exchange ended with. */
  endByFault(fault: UpstreamFault): void {
    const { exchange, form } = this.#options;
    if (this.#response.ended) {
      return;
    }
    const resetCode = form.protocol.form === "grpc" ? resetCodeOf(fault) : undefined;
    if (fault.code === Code.Canceled && this.#isPastDeadline()) {
      this.expire();
    } else if (resetCode !== undefined && exchange.httpVersion === "2.0") {
      this.#response.cutOff(fault.code, fault.endedBy, resetCode);
    } else {
      this.#response.fail(new ConnectError(fault.message, fault.code), fault.endedBy);
    }
  }

  /** A server that gives a call up at its deadline most often says that it was cancelled. */
  takeTrailers(fields: FieldList): void {
    if (this.#isPastDeadline() && isCanceled(fields)) {
      this.expire();
    } else {
      this.#response.takeEnd(fields);
    }
  }

  /** At the deadline the call ends, though its target pays no heed or its client doesn't read. */
  expire(): void {
    const error = new ConnectError("the deadline has passed", Code.DeadlineExceeded);
    if (this.#over) {
      return;
    }
    if (this.#response.ended || this.#response.blocked) {
      this.#upstream?.cancel();
      this.#response.cutOff(error.code, "gateway");
    } else {
      this.fail(error, "gateway");
    }
  }

  /** @throws ConnectError for a timeout that is none, or has passed. */
  #startDeadline(): void {
    const { exchange, form, target, facts } = this.#options;
    const field = form.protocol.requestFields.timeout as TimeoutField;
    const asked = exchange.headers[field];
    const ms = (asked === undefined ? undefined : readTimeout(field, `${asked}`)) ?? target.defaultDeadlineMs;
    if (ms !== undefined) {
      const at = facts.started + ms;
      this.#deadline = { at, field };
      // It may have passed since the request came, where the process was held up.
      this.#timer = setTimeout(expire, Math.max(0, Math.ceil(at - performance.now())), this);
    }
  }

  #learnWires(): void {
    this.#options.target.learnWires().then(
      (wires) => this.#openLate(wires),
      (thrown: unknown) => {
        if (!this.#response.ended) {
          this.failUnexpectedly(thrown);
        }
      },
    );
  }

  #openLate(wires: ReadonlySet<Wire>): void {
    if (this.#response.ended) {
      return;
    }
    try {
      this.#open(wires);
      this.#options.exchange.resume();
      if (this.#requestEnded) {
        this.onEnd();
      }
    } catch (thrown) {
      this.failUnexpectedly(thrown);
    }
  }

  /** @throws ConnectError for a call that can't go to this target. */
  #open(wires: ReadonlySet<Wire>): void {
    const { exchange, form, target, hidden, facts } = this.#options;
    const passage = choosePassage(form.protocol.form, wires, target);
    const isGet = exchange.method === "GET";
    const path = isGet ? facts.path + queryOf(exchange.target) : facts.path;
    if (!legalPath.test(path)) {
      throw new ConnectError("the path has a character that no path may have", Code.InvalidArgument);
    }
    const contentType = isGet ? undefined : passage.requestType(exchange.headers["content-type"] ?? "");
    const fields = createRequestFields(exchange.rawHeaders, {
      wire: form.protocol.name,
      contentType,
      hidden,
      held: target.heldFields,
    });
    this.#response.follow(passage, this);
    this.#upstream = target.upstream.open(
      { method: isGet ? "GET" : "POST", path, fields, deadline: this.#deadline },
      createTargetListener(this, this.#response),
    );
  }

  #write(bytes: Uint8Array): void {
    if (this.#upstream?.write(bytes) === false) {
      this.#options.exchange.pause();
    }
  }

  #isPastDeadline(): boolean {
    return this.#deadline !== undefined && performance.now() >= this.#deadline.at;
  }
}

function expire(call: CarriedCall): void {
  call.expire();
}

function queryOf(target: string): string {
  const at = target.indexOf("?");
  return at === -1 ? "" : target.slice(at);
}

const canceled = `${Code.Canceled}`;

function isCanceled(trailers: FieldList): boolean {
  for (let i = 0; i < trailers.length; i += 2) {
    if (trailers[i] === "grpc-status") {
      return trailers[i + 1] === canceled;
    }
  }
  return false;
}
