import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { Authorize } from "@switchboard/proto/gen/authorize_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { TestService } from "@switchboard/proto/gen/test_service_pb.js";
import { createMethodFinder, type ServiceGroup } from "./target-schema.ts";

/** The services that Switchboard itself answers, in the order in which the page shows them. */
export const serviceGroups: readonly (ServiceGroup & { readonly services: readonly DescService[] })[] = [
  { key: "services", services: [Greeter, ArticleService, Authorize, demo, TestService], broken: [] },
  { key: "infrastructure", services: [Health, ServerReflection], broken: [] },
];

/** The built-in method `methodName` of `serviceTypeName` (as in `test.demo`), or undefined where there is none. */
export const findMethod: (serviceTypeName: string, methodName: string) => DescMethod | undefined =
  createMethodFinder(serviceGroups);
