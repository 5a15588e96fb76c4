import type { FieldList } from "../../net/http-exchange.ts";
import type { UpstreamHead, UpstreamListener } from "../upstream/upstream.ts";
import type { UpstreamFault } from "../upstream/upstream-fault.ts";
import type { CarriedResponse } from "./carried-response.ts";

/** The call that a target answers. */
export interface TargetListenerOwner {
  /** Takes trailers, which end the response. */
  takeTrailers(fields: FieldList): void;
  /** The target takes more of the request. */
  resumeRequest(): void;
  /** The target's exchange failed. */
  endByFault(fault: UpstreamFault): void;
  /** Something here failed, whose error is told to the client or to the log. */
  failUnexpectedly(thrown: unknown): void;
}

/**
 * Creates what hands a target's answer to a call's response. What fails in that is the call's own: it never reaches the
 * connection, on which there are other calls.
 */
export function createTargetListener(call: TargetListenerOwner, response: CarriedResponse): UpstreamListener {
  return new TargetListener(call, response);
}

/** A class, since every call makes one: its methods stand on the prototype. */
class TargetListener implements UpstreamListener {
  readonly #call: TargetListenerOwner;
  readonly #response: CarriedResponse;

  constructor(call: TargetListenerOwner, response: CarriedResponse) {
    this.#call = call;
    this.#response = response;
  }

  onHead(head: UpstreamHead): void {
    try {
      if (!this.#response.ended) {
        this.#response.takeHead(head);
      }
    } catch (thrown) {
      this.#call.failUnexpectedly(thrown);
    }
  }

  onData(chunk: Uint8Array): void {
    try {
      if (!this.#response.ended) {
        this.#response.takeData(chunk);
      }
    } catch (thrown) {
      this.#call.failUnexpectedly(thrown);
    }
  }

  onTrailers(fields: FieldList): void {
    try {
      if (!this.#response.ended) {
        this.#call.takeTrailers(fields);
      }
    } catch (thrown) {
      this.#call.failUnexpectedly(thrown);
    }
  }

  onDrain(): void {
    this.#call.resumeRequest();
  }

  onClose(fault: UpstreamFault | undefined): void {
    try {
      if (fault !== undefined) {
        this.#call.endByFault(fault);
      } else if (!this.#response.ended) {
        this.#response.takeEnd(undefined);
      }
    } catch (thrown) {
      this.#call.failUnexpectedly(thrown);
    }
  }
}
