import { expect, it } from "vitest";
import { createPostTask } from "./post-task.ts";

it("runs tasks in their order, each after the promises of the one before", async () => {
  const post = createPostTask();
  const told: string[] = [];
  post(() => {
    told.push("first");
    void Promise.resolve().then(() => told.push("its promise"));
  });
  await new Promise<void>(post);
  told.push("second");
  expect(told).toEqual(["first", "its promise", "second"]);
});
