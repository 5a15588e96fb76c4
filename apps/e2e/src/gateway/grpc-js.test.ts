import { expect, test } from "vitest";
import { grpcJsHarbour } from "../interop/harbour/grpc-js-harbour.ts";
import { runHarbour } from "./run-harbour.ts";

test("a server of @grpc/grpc-js is found by @grpc/reflection, and answers every kind of call in every way", async () => {
  expect(await runHarbour(grpcJsHarbour)).toMatchObject({ kind: "passed" });
});
