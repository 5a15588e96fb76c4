import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  TestTargetResponse_Stage as Stage,
  TestTargetResponse_State as State,
  type TestTargetResponseSchema,
} from "@switchboard/proto/gen/switchboard/console/v1/target_service_pb.js";
import type { TestNews, TestStage } from "./stage-report.ts";
import { writeWires } from "./target-messages.ts";

const stages: Readonly<Record<TestStage, Stage>> = {
  policy: Stage.POLICY,
  resolve: Stage.RESOLVE,
  connect: Stage.CONNECT,
  tls: Stage.TLS,
  http: Stage.HTTP,
  protocols: Stage.PROTOCOLS,
  reflection: Stage.REFLECTION,
};

/** Writes news of a test. */
export function writeNews(news: TestNews): MessageInitShape<typeof TestTargetResponseSchema> {
  const stage = stages[news.stage];
  switch (news.state) {
    case "running":
      return { stage, state: State.RUNNING };
    case "skipped":
      return { stage, state: State.SKIPPED };
    case "passed":
      return { stage, state: State.PASSED, finding: news.finding, wires: writeWires(news.wires) };
    case "failed":
      return { stage, state: State.FAILED, fault: { ...news.fault } };
  }
}
