import type { DescMethod, DescService } from "@bufbuild/protobuf";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { Authorize } from "@switchboard/proto/gen/authorize_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { TestService } from "@switchboard/proto/gen/test_service_pb.js";

/** Services that belong together in the tree. */
export interface ServiceGroup {
  /** A key of the language catalogues. */
  readonly key: "services" | "infrastructure";
  readonly services: readonly DescService[];
}

/** The services that Switchboard itself answers, in the order in which the page shows them. */
export const serviceGroups: readonly ServiceGroup[] = [
  { key: "services", services: [Greeter, ArticleService, Authorize, demo, TestService] },
  { key: "infrastructure", services: [Health, ServerReflection] },
];

/** The method `methodName` of the service `serviceTypeName` (as in `test.demo`), or undefined where there is none. */
export function findMethod(serviceTypeName: string, methodName: string): DescMethod | undefined {
  for (const { services } of serviceGroups) {
    const service = services.find(({ typeName }) => typeName === serviceTypeName);
    if (service !== undefined) {
      return service.methods.find(({ name }) => name === methodName);
    }
  }
  return undefined;
}
