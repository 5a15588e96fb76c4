/** One message as the wire carried it. */
export interface WireMessage {
  /**
   * The envelope's first byte: 1 for compressed, 2 for the end of a Connect stream, 128 for trailers. Undefined where no
   * envelope carries the message: a unary call of Connect has it in the HTTP body.
   */
  readonly flags: number | undefined;
  /** The payload's length as it was carried, compressed where it was, without the envelope's five bytes. */
  readonly carriedBytes: number;
  /** The payload after decompression: a serialized message, or JSON text in the Connect protocol with JSON. */
  readonly payload: Uint8Array;
  /** What `payload` is. */
  readonly format: "binary" | "json";
  /** The compression's name, as in `gzip`; undefined where the payload was carried as it is. */
  readonly compression: string | undefined;
}
