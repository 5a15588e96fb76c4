import { type ProbeMethod, probePath } from "./probe-service.ts";
import { type Field, formatScript, plainScript, type Script, scriptHeader } from "./script.ts";
import type { WireRequest } from "./wire-request.ts";

/** Creates a POST over HTTP/1.1 to the usual profile. */
export function post(method: ProbeMethod, headers: readonly Field[], body: string | Uint8Array): WireRequest {
  return {
    profile: "usual",
    httpVersion: "1.1",
    method: "POST",
    target: probePath(method),
    headers,
    body: Buffer.from(body),
    cuts: [],
    openEnd: false,
  };
}

/** Creates the header of a script that departs from the plain one. */
export function scripted(script: Partial<Script>): Field {
  return [scriptHeader, formatScript({ ...plainScript, ...script })];
}

/** Creates the envelope of a message that isn't compressed. */
export function envelopeOf(payload: string): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(payload.length, 1);
  return Buffer.concat([prefix, Buffer.from(payload)]);
}
