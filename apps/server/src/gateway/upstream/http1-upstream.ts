import { Agent, type ClientRequest, type ClientRequestArgs, request as startRequest } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { FieldList } from "../../net/http-exchange.ts";
import { createHttp1Attempt, isParserError } from "./http1-attempt.ts";
import { formatDeadline, type RequestOrigin } from "./request-fields.ts";
import { createSpareSockets } from "./spare-sockets.ts";
import type { UpstreamCall } from "./upstream-call.ts";
import { faultOfConnecting } from "./upstream-error.ts";
import { unsendableRequest, upstreamClosed } from "./upstream-faults.ts";
import type { UpstreamLimits } from "./upstream-limits.ts";
import { createWaitQueue } from "./wait-queue.ts";

/** What `createHttp1Upstream` needs. */
export interface Http1UpstreamOptions {
  readonly origin: RequestOrigin;
  readonly limits: UpstreamLimits;
  /** Opens a connection. Rejects with a `DialError`. */
  dial(signal: AbortSignal): Promise<Socket>;
  /** A connection could not be opened, or the answer is no HTTP/1.1: the server may be another one from now on. */
  onDoubt(): void;
}

/** The connections of HTTP/1.1 to one server, one call on each at a time. */
export interface Http1Upstream {
  /** Takes a connection over on which nothing was said. */
  adopt(socket: Socket): void;
  /** Starts a call, now or once a connection is free. */
  take(call: UpstreamCall): void;
  /** Forgets a call that waits. */
  forget(call: UpstreamCall): void;
  /** Ends all connections with their calls, and the calls that wait. */
  close(): void;
}

/** The longest head of a response, in bytes. */
const maxHeaderBytes = 262_144;

/** Creates an upstream without a connection. */
export function createHttp1Upstream({ origin, limits, dial, onDoubt }: Http1UpstreamOptions): Http1Upstream {
  const queue = createWaitQueue(limits);
  const abort = new AbortController();
  const spare = createSpareSockets(limits.http1IdleMs);
  /** The calls whose connection is being opened. */
  const opening = new Map<UpstreamCall, ClientRequest>();
  let running = 0;

  const agent = new DialAgent({ keepAlive: true, timeout: limits.http1IdleMs }, async () => {
    const socket = spare.take();
    if (socket !== undefined) {
      return socket;
    }
    try {
      return await dial(abort.signal);
    } catch (error) {
      onDoubt();
      throw error;
    }
  });

  function begin(call: UpstreamCall): void {
    let request: ClientRequest;
    try {
      request = startRequest({
        agent,
        method: call.request.method,
        path: call.request.path,
        maxHeaderSize: maxHeaderBytes,
        setHost: false,
      });
      setFields(request, call.request.fields, origin.authority);
    } catch {
      call.fail(unsendableRequest);
      return;
    }
    running++;
    opening.set(call, request);
    request.once("close", () => {
      running--;
      const next = queue.take();
      if (next !== undefined) {
        begin(next);
      }
    });
    const failOpening = (error: NodeJS.ErrnoException) => {
      if (isParserError(error)) {
        onDoubt();
      }
      if (opening.delete(call)) {
        call.fail(faultOfConnecting(error));
      }
    };
    request.on("error", failOpening);
    request.once("socket", () => {
      if (opening.delete(call)) {
        const { deadline } = call;
        if (deadline !== undefined) {
          request.setHeader(deadline.field, formatDeadline(deadline));
        }
        call.begin(createHttp1Attempt(request, call));
      }
    });
  }

  return {
    adopt: spare.add,
    take(call) {
      if (running < limits.maxConnections) {
        begin(call);
      } else {
        queue.add(call);
      }
    },
    forget(call) {
      queue.remove(call);
      const request = opening.get(call);
      opening.delete(call);
      request?.destroy();
    },
    close() {
      abort.abort();
      for (let call = queue.take(); call !== undefined; call = queue.take()) {
        call.fail(upstreamClosed);
      }
      for (const [call, request] of opening) {
        opening.delete(call);
        call.fail(upstreamClosed);
        request.destroy();
      }
      spare.close();
      agent.destroy();
    },
  };
}

/** Keeps connections as Node's agent does, and has them opened by somebody else. */
class DialAgent extends Agent {
  readonly #open: () => Promise<Socket>;

  constructor(options: ConstructorParameters<typeof Agent>[0], open: () => Promise<Socket>) {
    super(options);
    this.#open = open;
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const done = callback ?? (() => {});
    this.#open().then(
      (socket) => done(null, socket),
      // Node takes no socket where there is an error, whatever the types say.
      (error: Error) => (done as (error: Error) => void)(error),
    );
  }
}

/** Sets the fields, those of one name in their order. */
function setFields(request: ClientRequest, fields: FieldList, authority: string): void {
  const byName = new Map<string, string[]>([["host", [authority]]]);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] ?? "";
    const values = byName.get(name);
    if (values === undefined) {
      byName.set(name, [fields[i + 1] ?? ""]);
    } else {
      values.push(fields[i + 1] ?? "");
    }
  }
  for (const [name, values] of byName) {
    const [first = ""] = values;
    request.setHeader(name, values.length === 1 ? first : values);
  }
}
