import type { ReceiveCredit } from "@switchboard/wire/receive-credit.ts";
import type { UpstreamExchange } from "../upstream/upstream.ts";
import { createByteBlocks } from "./byte-blocks.ts";

/** The body of a request on its way from a client's frames to an upstream. */
export interface RequestBody {
  /** Takes bytes that the client's credit covered. They are given back once the upstream has taken them. */
  push(bytes: Uint8Array): void;
  /** The client sends no more. */
  end(): void;
  /** Where it goes from now on, with what came before. */
  connect(exchange: UpstreamExchange): void;
  /** There is room again, after a `write` that gave false. */
  drained(): void;
  /** Drops what waits: nobody wants it any more. */
  drop(): void;
}

/** Creates the body of a request whose exchange isn't open yet. At most the client's credit waits in it. */
export function createRequestBody(credit: ReceiveCredit): RequestBody {
  return new Body(credit);
}

class Body implements RequestBody {
  readonly #credit: ReceiveCredit;
  readonly #waiting = createByteBlocks();
  #exchange: UpstreamExchange | undefined = undefined;
  /** How many bytes the upstream was given that it has no room for, and so are not given back yet. */
  #owed = 0;
  #blocked = false;
  #state: "open" | "ending" | "ended" = "open";

  constructor(credit: ReceiveCredit) {
    this.#credit = credit;
  }

  push(bytes: Uint8Array): void {
    if (this.#state !== "open") {
      return;
    }
    if (this.#exchange === undefined || this.#blocked) {
      this.#waiting.push(bytes);
    } else {
      this.#write(bytes);
    }
  }

  end(): void {
    if (this.#state === "open") {
      this.#state = "ending";
      this.#flush();
    }
  }

  connect(exchange: UpstreamExchange): void {
    this.#exchange = exchange;
    this.#flush();
  }

  drained(): void {
    this.#blocked = false;
    const owed = this.#owed;
    this.#owed = 0;
    if (owed > 0) {
      this.#credit.consume(owed);
    }
    this.#flush();
  }

  drop(): void {
    this.#state = "ended";
    this.#waiting.clear();
  }

  #flush(): void {
    if (this.#exchange === undefined) {
      return;
    }
    while (!this.#blocked) {
      const bytes = this.#waiting.shift();
      if (bytes === undefined) {
        if (this.#state === "ending") {
          this.#state = "ended";
          this.#exchange.end();
        }
        return;
      }
      this.#write(bytes);
    }
  }

  #write(bytes: Uint8Array): void {
    if (this.#exchange?.write(bytes) === true) {
      this.#credit.consume(bytes.byteLength);
    } else {
      this.#blocked = true;
      this.#owed += bytes.byteLength;
    }
  }
}
