/** What the details of an error can lead to. */
export interface DetailContext {
  /** When the call ended, in milliseconds since 1970. */
  readonly endedAt: number;
  /** Goes to a field of the request by its path, as in `user.emails[2]`; undefined where that can't be done. */
  readonly onGoToField: ((path: string) => void) | undefined;
  /** Makes the call again; undefined where that can't be done. */
  readonly onRetry: (() => void) | undefined;
}
