import type { FieldList } from "../../net/http-exchange.ts";
import type { EndedBy } from "../../rpc/call-end.ts";

/**
 * The header or trailer by which a client tells a status of the gateway from one of the server: it says who ended the
 * call, and is absent where the server itself sent the status.
 */
export const endedByField = "x-switchboard-ended-by";

/** Adds `endedByField` to the fields that hold a status of the gateway. */
export function addEndedBy(fields: FieldList, endedBy: EndedBy): void {
  fields.push(endedByField, endedBy);
}
