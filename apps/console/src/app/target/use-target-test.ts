import { useEffect, useState } from "react";
import { createTargetTest, type TargetTest } from "../../target/target-test.ts";
import { useServices } from "../services.ts";

/** A test of targets that is given up when its place on the page goes. */
export function useTargetTest(): TargetTest {
  const { clients } = useServices();
  const [test] = useState(() => createTargetTest(clients));
  useEffect(() => () => test.cancel(), [test]);
  return test;
}
