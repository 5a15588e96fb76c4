/** The limits of servers in tests: wide enough to be met by none that isn't about them. */
export const serverLimits = {
  maxHeaderBytes: 65_536,
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  idleTimeout: 60_000,
  sniffTimeout: 5_000,
  maxStreams: 256,
} as const;
