import { Code } from "@connectrpc/connect";
import { statusName } from "@switchboard/wire/status-name.ts";
import { expect, test } from "vitest";
import { statusFamily } from "./status-family.ts";

test("statusFamily() tells success, the caller's faults, the server's faults and what was stopped", () => {
  const families = ([0, Code.NotFound, Code.Internal, Code.DeadlineExceeded] as const).map((code) =>
    statusFamily({ code, name: statusName(code) }),
  );
  expect(families).toEqual(["ok", "caller", "server", "stopped"]);
});
