import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceImplSpec } from "@connectrpc/connect";
import { ArticleService } from "@switchboard/proto/gen/article_pb.js";
import { Authorize } from "@switchboard/proto/gen/authorize_pb.js";
import { demo } from "@switchboard/proto/gen/demo_pb.js";
import { Greeter } from "@switchboard/proto/gen/greeter_pb.js";
import { Health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { ServerReflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { ServerReflection as ServerReflectionV1Alpha } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";
import { TestService } from "@switchboard/proto/gen/test_service_pb.js";
import type { ArticleRepository } from "./articles/article-repository.ts";
import { serviceEntry } from "./rpc/service-entry.ts";
import { createDescriptorFiles } from "./schema/descriptor-files.ts";
import { createArticleService } from "./services/article-service.ts";
import { createAuthorizeService } from "./services/authorize-service.ts";
import { createGpuCounter } from "./services/count-gpus.ts";
import { createDemoService } from "./services/demo-service.ts";
import { createGreeterService } from "./services/greeter-service.ts";
import { createHealthService } from "./services/health-service.ts";
import { createReflectionServices } from "./services/reflection-service.ts";
import { runNvidiaSmi } from "./services/run-nvidia-smi.ts";
import { createTestService } from "./services/test-service.ts";

/** What `createLocalServices` needs. */
export interface LocalServicesOptions {
  readonly articles: ArticleRepository;
  /** The serialized `google.protobuf.FileDescriptorSet` with the files of all services, which reflection tells. */
  readonly descriptors: Uint8Array;
  /** The number of GPUs to report; undefined to count this machine's. */
  readonly gpuCount: number | undefined;
}

/** The services of this server, and the switch of their health. */
export interface LocalServices {
  readonly services: readonly ServiceImplSpec[];
  readonly setServing: (serving: boolean) => void;
}

/** Creates every service that this server has. */
export function createLocalServices({ articles, descriptors, gpuCount }: LocalServicesOptions): LocalServices {
  const countGpus = createGpuCounter({
    devDirectory: "/dev",
    runNvidiaSmi,
    now: () => performance.now(),
    pinned: gpuCount,
  });
  const services = [
    serviceEntry(Greeter, createGreeterService()),
    serviceEntry(ArticleService, createArticleService({ articles })),
    serviceEntry(Authorize, createAuthorizeService({ countGpus })),
    serviceEntry(demo, createDemoService({ wait: (ms, signal) => sleep(ms, undefined, { signal }) })),
    serviceEntry(TestService, createTestService()),
  ];
  const health = createHealthService({ services: services.map(({ service }) => service.typeName) });
  const tools = [Health, ServerReflection, ServerReflectionV1Alpha];
  const reflection = createReflectionServices({
    files: createDescriptorFiles(descriptors),
    services: [...services.map(({ service }) => service), ...tools].map(({ typeName }) => typeName),
  });
  return {
    services: [
      ...services,
      serviceEntry(Health, health.implementation),
      serviceEntry(ServerReflection, reflection.v1),
      serviceEntry(ServerReflectionV1Alpha, reflection.v1alpha),
    ],
    setServing: health.setServing,
  };
}
