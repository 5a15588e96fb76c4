import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { type ContextValues, createContextValues, type HandlerContext } from "@connectrpc/connect";
import type { HttpExchange } from "../net/http-exchange.ts";
import { readMetadata } from "./metadata.ts";
import type { PreparedCall } from "./prepare-call.ts";
import type { Route } from "./route.ts";

/** What `createCallContext` needs. */
export interface CallContextOptions {
  readonly exchange: HttpExchange;
  readonly route: Route;
  readonly prepared: PreparedCall;
  /** The call's deadline, in milliseconds from now; undefined where there is none. */
  readonly deadlineMs: number | undefined;
  /** Lower-case names of request fields that the service doesn't get to see. */
  readonly hiddenFields: readonly string[];
  /** The values for interceptors and services to share. Default: empty ones. */
  readonly values: ContextValues | undefined;
}

/** The context of a call, with what the engine alone may do. */
export interface CallContext extends HandlerContext {
  /** The response's metadata, undefined where the service never touched it. */
  readonly ownHeader: Headers | undefined;
  readonly ownTrailer: Headers | undefined;
  /** Aborts the signal. Only the first time counts. */
  abort(reason: unknown): void;
  /** Has a change of the response's header throw from now on, since it has been sent. */
  sealHeader(): void;
}

/**
 * Creates the context of a call. What a service doesn't ask for is never made: neither signal nor headers. Its
 * properties are accessors of the prototype, so a copy by spread holds none of them.
 */
export function createCallContext(options: CallContextOptions): CallContext {
  return new LazyContext(options);
}

class LazyContext implements CallContext {
  ownHeader: Headers | undefined = undefined;
  ownTrailer: Headers | undefined = undefined;
  readonly #options: CallContextOptions;
  readonly #deadline: number | undefined;
  #values: ContextValues | undefined;
  #requestHeader: Headers | undefined = undefined;
  #controller: AbortController | undefined = undefined;
  #aborted: { readonly reason: unknown } | undefined = undefined;
  #sealed = false;

  constructor(options: CallContextOptions) {
    const { deadlineMs, values } = options;
    this.#options = options;
    this.#deadline = deadlineMs === undefined ? undefined : performance.now() + deadlineMs;
    this.#values = values;
  }

  get method(): DescMethod {
    return this.#options.route.method;
  }

  get protocolName(): string {
    return this.#options.prepared.protocol.name;
  }

  get service(): DescService {
    return this.method.parent;
  }

  get requestMethod(): string {
    return this.#options.exchange.method;
  }

  get url(): string {
    const { scheme, headers, target } = this.#options.exchange;
    return `${scheme}://${headers[":authority"] ?? headers.host ?? "localhost"}${target}`;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#aborted !== undefined) {
        this.#controller.abort(this.#aborted.reason);
      }
    }
    return this.#controller.signal;
  }

  get timeoutMs(): () => number | undefined {
    const deadline = this.#deadline;
    return () => (deadline === undefined ? undefined : Math.trunc(deadline - performance.now()));
  }

  get requestHeader(): Headers {
    this.#requestHeader ??= readMetadata(this.#options.exchange.rawHeaders, this.#options.hiddenFields);
    return this.#requestHeader;
  }

  get responseHeader(): Headers {
    if (this.ownHeader === undefined) {
      this.ownHeader = new Headers();
      if (this.#sealed) {
        seal(this.ownHeader);
      }
    }
    return this.ownHeader;
  }

  get responseTrailer(): Headers {
    this.ownTrailer ??= new Headers();
    return this.ownTrailer;
  }

  get values(): ContextValues {
    this.#values ??= createContextValues();
    return this.#values;
  }

  abort(reason: unknown): void {
    if (this.#aborted === undefined) {
      this.#aborted = { reason };
      this.#controller?.abort(reason);
    }
  }

  sealHeader(): void {
    this.#sealed = true;
    if (this.ownHeader !== undefined) {
      seal(this.ownHeader);
    }
  }
}

function seal(headers: Headers): void {
  Object.assign(headers, { append: refuseChange, delete: refuseChange, set: refuseChange });
}

function refuseChange(): never {
  throw new Error(
    "the response's header has been sent: set it before the service waits for anything but the first message of its client",
  );
}
