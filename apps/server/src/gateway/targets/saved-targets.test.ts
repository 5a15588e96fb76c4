import { mkdtempDisposable, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestSettings } from "../../testing/test-settings.ts";
import { openSavedTargets, SavedTargetsError, targetsFileName } from "./saved-targets.ts";

const temporary = join(tmpdir(), "switchboard-targets-");

const metadata = [{ name: "authorization", value: "Bearer s3cret" }];

function edited(...names: string[]): string {
  return JSON.stringify({ version: 1, targets: names.map((name) => ({ name, address: "h2c://127.0.0.1:1" })) });
}

describe("openSavedTargets()", () => {
  it("has nothing, and writes nothing, where there is no file", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const saved = await openSavedTargets(directory.path);
    expect(saved.current()).toEqual([]);
    expect(await readdir(directory.path)).toEqual([]);
  });

  it("keeps targets for the next start, readable by their owner alone", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const folder = join(directory.path, "new");
    const saved = await openSavedTargets(folder);
    await saved.update(() => [createTestSettings("a", { metadata }), createTestSettings("b", { metadata })]);
    expect((await openSavedTargets(folder)).current()).toEqual([
      createTestSettings("a", { metadata }),
      createTestSettings("b", { metadata }),
    ]);
    expect(await readdir(folder)).toEqual([targetsFileName]);
    expect((await stat(join(folder, targetsFileName))).mode & 0o777).toBe(0o600);
  });

  it("makes a file private again that others could read", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const path = join(directory.path, targetsFileName);
    await writeFile(path, edited("a"), { mode: 0o644 });
    await (await openSavedTargets(directory.path)).update((current) => current);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it("refuses a broken file by name, place and remedy, and leaves it as it is", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const path = join(directory.path, targetsFileName);
    await writeFile(path, '{\n  "version": 1,\n  "targets": oops\n}');
    const opening = openSavedTargets(directory.path);
    await expect(opening).rejects.toThrow(SavedTargetsError);
    await expect(opening).rejects.toThrow(
      "targets.json in the data directory is broken: line 3, column 14: this is not JSON; mend it, or move it away",
    );
    expect(await readFile(path, "utf8")).toContain("oops");
  });

  it("takes up edits as a whole, or not at all", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const path = join(directory.path, targetsFileName);
    const saved = await openSavedTargets(directory.path);
    await saved.update(() => [createTestSettings("a", { metadata })]);

    await writeFile(path, edited("b", "c"));
    await saved.refresh();
    expect(saved.current().map(({ name }) => name)).toEqual(["b", "c"]);

    await writeFile(path, edited("d", "d"));
    await expect(saved.refresh()).rejects.toThrow("targets[1].name: d is the name of an earlier target");
    await expect(saved.update(() => [])).rejects.toThrow(SavedTargetsError);
    expect(saved.current().map(({ name }) => name)).toEqual(["b", "c"]);
    expect(await readFile(path, "utf8")).toBe(edited("d", "d"));
  });

  it("builds a change on the edits before it", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const saved = await openSavedTargets(directory.path);
    await writeFile(join(directory.path, targetsFileName), edited("edited"));
    await saved.update((current) => [...current, createTestSettings("added", { metadata })]);
    expect(saved.current().map(({ name }) => name)).toEqual(["edited", "added"]);
  });

  it("runs changes one after the other, and goes on after one that fails", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const saved = await openSavedTargets(directory.path);
    const fault = new Error("no");
    const results = await Promise.allSettled([
      saved.update((current) => [...current, createTestSettings("a", { metadata })]),
      saved.update(() => {
        throw fault;
      }),
      saved.update((current) => [...current, createTestSettings("b", { metadata })]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(saved.current().map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("keeps what it had where nothing can be written", async () => {
    await using directory = await mkdtempDisposable(temporary);
    const folder = join(directory.path, "folder");
    const saved = await openSavedTargets(folder);
    await saved.update(() => [createTestSettings("a", { metadata })]);
    await rm(folder, { recursive: true });
    await writeFile(folder, "no folder");
    await expect(saved.update(() => [])).rejects.toMatchObject({ code: "ENOTDIR" });
    expect(saved.current()).toEqual([createTestSettings("a", { metadata })]);
  });
});
