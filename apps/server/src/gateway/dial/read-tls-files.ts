import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { Code } from "@connectrpc/connect";
import type { TlsClientSettings } from "../targets/target-settings.ts";
import { DialError } from "./dial.ts";
import { codeOf } from "./dial-faults.ts";

/** What the files of a target hold, in PEM; undefined where the target names none. */
export interface TlsMaterial {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** Reads the files of a target. Rejects with a `DialError` that names the file as it was written, and nothing it holds. */
export type ReadTlsFiles = (settings: TlsClientSettings) => Promise<TlsMaterial>;

/** The largest file that is read: 1 MiB. */
const maxFileBytes = 1_048_576;

/** The rights of those who are neither the owner nor of the group. */
const othersMode = 0o007;

/** Creates the reader of files in a folder. What leads out of it, by `..`, from the root or by a link, is refused. */
export function createReadTlsFiles(directory: string): ReadTlsFiles {
  return async ({ caFile, certificateFile, keyFile }) => {
    if ((certificateFile === undefined) !== (keyFile === undefined)) {
      const [there, missing] = keyFile === undefined ? [certificateFile, "key"] : [keyFile, "certificate"];
      throw fileError(there ?? "", `needs a ${missing} file beside it`);
    }
    const [ca, cert, key] = await Promise.all([
      caFile === undefined ? undefined : readText(directory, caFile, { isKey: false }),
      certificateFile === undefined ? undefined : readText(directory, certificateFile, { isKey: false }),
      keyFile === undefined ? undefined : readText(directory, keyFile, { isKey: true }),
    ]);
    parseCertificate(caFile, ca);
    const leaf = parseCertificate(certificateFile, cert);
    const own = parseKey(keyFile, key);
    if (leaf !== undefined && own !== undefined && !leaf.checkPrivateKey(own)) {
      throw fileError(keyFile ?? "", `is not the key of the certificate in ${quote(certificateFile ?? "")}`);
    }
    return { ca, cert, key };
  };
}

async function readText(directory: string, name: string, { isKey }: { isKey: boolean }): Promise<string> {
  if (name === "" || name.includes("\0") || isAbsolute(name) || name.split(/[/\\]/).includes("..")) {
    throw fileError(name, "is not a path below the folder tls of the data directory");
  }
  try {
    await using file = await openInside(directory, name);
    return await readChecked(file, name, isKey);
  } catch (error) {
    throw error instanceof DialError ? error : fileError(name, reasonOf(error), error);
  }
}

async function openInside(directory: string, name: string): Promise<FileHandle> {
  const root = await realpath(directory);
  const path = await realpath(join(root, name));
  const inside = relative(root, path);
  if (inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw fileError(name, "leads out of the folder tls of the data directory");
  }
  // Opening must not wait for the other end of a pipe, nor follow a link that was put there meanwhile.
  return open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
}

async function readChecked(file: FileHandle, name: string, isKey: boolean): Promise<string> {
  const stats = await file.stat();
  if (!stats.isFile()) {
    throw fileError(name, "is not a file");
  }
  if (isKey && process.platform !== "win32" && (stats.mode & othersMode) !== 0) {
    throw fileError(
      name,
      "is a key that every user of the machine can read; take these rights away, as chmod 600 does",
    );
  }
  if (stats.size > maxFileBytes) {
    throw fileError(name, `is ${stats.size} bytes long, where ${maxFileBytes} are allowed`);
  }
  const { bytesRead, buffer } = await file.read(Buffer.alloc(maxFileBytes), 0, maxFileBytes, 0);
  return buffer.toString("latin1", 0, bytesRead);
}

function parseCertificate(name: string | undefined, pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch (error) {
    throw fileError(name ?? "", "holds no certificate in PEM", error);
  }
}

function parseKey(name: string | undefined, pem: string | undefined): KeyObject | undefined {
  try {
    return pem === undefined ? undefined : createPrivateKey(pem);
  } catch (error) {
    throw fileError(name ?? "", "holds no private key in PEM, or one that needs a passphrase", error);
  }
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return "is not there; put it into the folder tls of the data directory";
    case "EACCES":
    case "EPERM":
      return "may not be read by the user that Switchboard runs as";
    default:
      return `could not be read (${codeOf(error) || "unknown error"})`;
  }
}

function fileError(name: string, reason: string, cause?: unknown): DialError {
  const fault = {
    code: Code.FailedPrecondition,
    message: `the TLS file ${quote(name)} ${reason}`,
    endedBy: "gateway",
    kind: "tls-file",
    parameters: { file: name },
  } as const;
  return new DialError("tls", fault, cause);
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 256));
}
