/** A rule that a field of a message breaks, or a field that a server refuses. */
export interface FieldViolation {
  /** Where: `customer.emails[2]`, `labels["a"]`, a oneof's name; empty for the message as a whole. */
  readonly field: string;
  /** What is wrong, in the words of the schema or of the server. */
  readonly message: string;
  /** Whether it is about the key of a map's entry, and not its value. Default: the value. */
  readonly isKey?: boolean;
}
