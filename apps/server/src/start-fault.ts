import type { Config } from "./config/options.ts";

/** Says in one line why the server could not start, and what to do. A fault without a known reason keeps its stack. */
export function startFault(error: unknown, { listen }: Config): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const address = `${listen.host.includes(":") ? `[${listen.host}]` : listen.host}:${listen.port}`;
  switch ("code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return `${address} is taken by another program; choose another port with --listen`;
    case "EACCES":
      return `${address} needs more rights than this user has, or a file cannot be read; choose a port from 1024 with --listen (${error.message})`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${address} is no address of this machine; choose another with --listen`;
    case "ENOENT":
      return `a file is missing: ${error.message}`;
    default:
      return error.stack ?? error.message;
  }
}
