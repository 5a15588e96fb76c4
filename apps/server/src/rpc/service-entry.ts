import type { DescService } from "@bufbuild/protobuf";
import { createServiceImplSpec, type ServiceImpl, type ServiceImplSpec } from "@connectrpc/connect";

/**
 * Pairs a service with its implementation, so that the types of the two are held against each other. A method without
 * an implementation answers `UNIMPLEMENTED`.
 */
export function serviceEntry<T extends DescService>(
  service: T,
  implementation: Partial<ServiceImpl<T>>,
): ServiceImplSpec {
  return createServiceImplSpec<T>(service, implementation);
}
