import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const committed = join(import.meta.dirname, "../../../../proto/gen");
const root = join(committed, "../..");

function filesBelow(directory: string): Map<string, Buffer> {
  const names = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(directory, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(directory, name))]));
}

function buf(...args: string[]): void {
  const { status } = spawnSync("buf", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

function main(): void {
  const fresh = mkdtempSync(join(tmpdir(), "switchboard-generated-"));
  try {
    buf("generate", "--output", fresh);
    const ours = ["--exclude-path", "proto/testing/buf,proto/testing/switchboard"];
    buf("build", ...ours, "--output", join(fresh, "proto/gen/descriptors.binpb"));
    buf("build", "proto/testing", "--output", join(fresh, "proto/gen/testing.binpb"));
    const wanted = filesBelow(join(fresh, "proto/gen"));
    const found = filesBelow(committed);
    const names = [...new Set([...wanted.keys(), ...found.keys()])].sort();
    const different = names.filter((name) => !wanted.get(name)?.equals(found.get(name) ?? Buffer.of()));
    if (different.length > 0) {
      process.stderr.write(
        `proto/gen differs from proto/. Run "npm run generate" and commit: ${different.join(", ")}\n`,
      );
      process.exitCode = 1;
      return;
    }
    process.stdout.write(`Generated code: ${names.length} files as committed\n`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

main();
