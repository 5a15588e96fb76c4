import { chmod, mkdir, mkdtempDisposable, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { strangerCertificate, testCertificate } from "../../testing/test-certificate.ts";
import { DialError } from "./dial.ts";
import { createReadTlsFiles } from "./read-tls-files.ts";

const none = {
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
  insecure: false,
};

/** A data directory with a folder `tls`, and files beside it that nobody is to read. */
async function createFolder() {
  const folder = await mkdtempDisposable(join(tmpdir(), "tls-files-"));
  const tls = join(folder.path, "tls");
  await mkdir(join(tls, "below"), { recursive: true });
  await Promise.all([
    writeFile(join(tls, "ca.pem"), testCertificate.cert),
    writeFile(join(tls, "below", "cert.pem"), testCertificate.cert),
    writeFile(join(tls, "key.pem"), testCertificate.key, { mode: 0o600 }),
    writeFile(join(tls, "stranger.pem"), strangerCertificate.key, { mode: 0o600 }),
    writeFile(join(tls, "empty.pem"), ""),
    writeFile(join(tls, "large.pem"), "x".repeat(1_048_577)),
    writeFile(join(folder.path, "outside.pem"), testCertificate.cert),
    symlink(join(folder.path, "outside.pem"), join(tls, "link.pem")),
    symlink(folder.path, join(tls, "up")),
    symlink("ca.pem", join(tls, "inside.pem")),
  ]);
  return {
    path: tls,
    read: createReadTlsFiles(tls),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function faultOf(reading: Promise<unknown>) {
  const error = await reading.then(
    () => undefined,
    (reason) => reason,
  );
  return error instanceof DialError ? `${error.stage} ${error.fault.kind} ${error.message}` : error;
}

describe("the reader of TLS files", () => {
  it("reads the files that are named, also by a link within the folder", async () => {
    await using folder = await createFolder();
    expect(await folder.read(none)).toEqual({ ca: undefined, cert: undefined, key: undefined });
    const files = { ...none, caFile: "inside.pem", certificateFile: "below/cert.pem", keyFile: "key.pem" };
    expect(await folder.read(files)).toEqual({
      ca: testCertificate.cert,
      cert: testCertificate.cert,
      key: testCertificate.key,
    });
  });

  it.each([
    ["../outside.pem", "is not a path below the folder tls of the data directory"],
    ["below/../../outside.pem", "is not a path below the folder tls of the data directory"],
    ["/etc/passwd", "is not a path below the folder tls of the data directory"],
    ["", "is not a path below the folder tls of the data directory"],
    ["a\0b", "is not a path below the folder tls of the data directory"],
    ["link.pem", "leads out of the folder tls of the data directory"],
    ["up/outside.pem", "leads out of the folder tls of the data directory"],
    ["missing.pem", "is not there; put it into the folder tls of the data directory"],
    ["below", "is not a file"],
    ["empty.pem", "holds no certificate in PEM"],
    ["key.pem", "holds no certificate in PEM"],
    ["large.pem", "is 1048577 bytes long, where 1048576 are allowed"],
  ])("refuses %j, naming it as it is written", async (caFile, reason) => {
    await using folder = await createFolder();
    const fault = await faultOf(folder.read({ ...none, caFile }));
    expect(fault).toBe(`tls tls-file the TLS file ${JSON.stringify(caFile)} ${reason}`);
    expect(fault).not.toContain(folder.path);
  });

  it("refuses a key that everybody can read", async () => {
    await using folder = await createFolder();
    const files = { ...none, certificateFile: "ca.pem", keyFile: "key.pem" };
    await chmod(join(folder.path, "key.pem"), 0o604);
    expect(await faultOf(folder.read(files))).toContain("is a key that every user of the machine can read");
    await chmod(join(folder.path, "key.pem"), 0o640);
    expect(await folder.read(files)).toMatchObject({ key: testCertificate.key });
  });

  it("refuses a certificate without its key, and with another's", async () => {
    await using folder = await createFolder();
    const alone = await faultOf(folder.read({ ...none, certificateFile: "ca.pem" }));
    expect(alone).toContain('"ca.pem" needs a key file beside it');
    const keyAlone = await faultOf(folder.read({ ...none, keyFile: "key.pem" }));
    expect(keyAlone).toContain('"key.pem" needs a certificate file beside it');
    const wrong = await faultOf(folder.read({ ...none, certificateFile: "ca.pem", keyFile: "stranger.pem" }));
    expect(wrong).toContain('"stranger.pem" is not the key of the certificate in "ca.pem"');
    const text = await faultOf(folder.read({ ...none, certificateFile: "ca.pem", keyFile: "empty.pem" }));
    expect(text).toMatch(/"empty.pem" (is a key that every user|holds no private key)/);
  });
});
