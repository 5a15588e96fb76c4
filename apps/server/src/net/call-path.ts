/** Where a call of this path goes: to a method of a target, by its name; the services of this server are `local`. */
export interface CallPath {
  readonly target: string;
  /** `/package.Service/Method`. */
  readonly path: string;
}

/** The name of the target that this server's own services are. */
export const localTargetName = "local";

const gatewayPath = /^\/gateway\/([^/]+)(\/[^/]+\/[^/]+)$/;

/** Reads `/gateway/<target>/<Service>/<Method>`; any other path is taken for one of the local services. */
export function parseCallPath(path: string): CallPath {
  if (!path.startsWith("/gateway/")) {
    return { target: localTargetName, path };
  }
  const match = gatewayPath.exec(path);
  return { target: match?.[1] ?? localTargetName, path: match?.[2] ?? path };
}

/** Whether a path is that of a method of the page's own services, in whatever version of theirs. */
export function isConsolePath(path: string): boolean {
  return path.startsWith("/switchboard.console.");
}

/** Takes the base path off a path; a path that is not under it is left as it is. */
export function stripBasePath(path: string, basePath: string): string {
  return basePath !== "" && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}
