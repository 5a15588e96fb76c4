import type {
  Upstream,
  UpstreamExchange,
  UpstreamHead,
  UpstreamListener,
  UpstreamRequest,
} from "../gateway/upstream/upstream.ts";
import type { UpstreamFault } from "../gateway/upstream/upstream-fault.ts";
import type { FieldList } from "../net/http-exchange.ts";

/** An exchange with all that was told of it so far. */
export interface RecordedExchange {
  readonly exchange: UpstreamExchange;
  /** What was told, in its order: `head 200`, `data 5`, `trailers`, `drain`, `close` and `close <kind>`. */
  readonly events: readonly string[];
  readonly heads: readonly UpstreamHead[];
  readonly trailers: readonly FieldList[];
  /** The response's body. */
  body(): Buffer;
  /** How long it is, in bytes. */
  bodyLength(): number;
  /** Resolves once `count` events of this kind were told. */
  told(kind: string, count?: number): Promise<void>;
  /** Resolves with the fault of the end; undefined where there was none. */
  closed(): Promise<UpstreamFault | undefined>;
}

/** What a test wants otherwise of a request. */
export interface RecordOptions extends Partial<UpstreamRequest> {
  /** The request's body, which it ends. Undefined for one that stays open. */
  readonly body?: Uint8Array;
  /** Whether the response's body is kept. Default: true. */
  readonly keepsBody?: boolean;
}

/** Opens an exchange and keeps what is told of it. By default a gRPC request whose body stays open. */
export function recordExchange(upstream: Upstream, options: RecordOptions = {}): RecordedExchange {
  const { body, keepsBody = true, ...request } = options;
  const events: string[] = [];
  const heads: UpstreamHead[] = [];
  const trailers: FieldList[] = [];
  const chunks: Uint8Array[] = [];
  let length = 0;
  const closed = Promise.withResolvers<UpstreamFault | undefined>();
  const checks = new Set<() => void>();
  const tell = (event: string) => {
    events.push(event);
    checks.forEach((check) => void check());
  };
  const listener: UpstreamListener = {
    onHead(head) {
      heads.push(head);
      tell(`head ${head.status}`);
    },
    onData(chunk) {
      length += chunk.byteLength;
      if (keepsBody) {
        chunks.push(chunk);
      }
      tell(`data ${chunk.byteLength}`);
    },
    onTrailers(fields) {
      trailers.push(fields);
      tell("trailers");
    },
    onDrain: () => void tell("drain"),
    onClose(fault) {
      tell(fault === undefined ? "close" : `close ${fault.kind}`);
      closed.resolve(fault);
    },
  };
  const exchange = upstream.open(
    {
      method: "POST",
      path: "/test.Service/Method",
      fields: ["content-type", "application/grpc"],
      deadline: undefined,
      ...request,
    },
    listener,
  );
  if (body !== undefined) {
    exchange.write(body);
    exchange.end();
  }
  return {
    exchange,
    events,
    heads,
    trailers,
    body: () => Buffer.concat(chunks),
    bodyLength: () => length,
    told: (kind, count = 1) =>
      new Promise((resolve) => {
        const check = () => {
          if (events.filter((event) => event.split(" ", 1)[0] === kind).length >= count) {
            checks.delete(check);
            resolve();
          }
        };
        checks.add(check);
        check();
      }),
    closed: () => closed.promise,
  };
}
