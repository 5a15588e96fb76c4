import { toBinary } from "@bufbuild/protobuf";
import {
  FileDescriptorProtoSchema,
  file_google_protobuf_any,
  file_google_protobuf_api,
  file_google_protobuf_compiler_plugin,
  file_google_protobuf_descriptor,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_source_context,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_type,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { file_google_rpc_error_details } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { file_google_rpc_status } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import { file_grpc_health_v1_health } from "@switchboard/proto/gen/grpc/health/v1/health_pb.js";
import { file_grpc_reflection_v1_reflection } from "@switchboard/proto/gen/grpc/reflection/v1/reflection_pb.js";
import { file_grpc_reflection_v1alpha_reflection } from "@switchboard/proto/gen/grpc/reflection/v1alpha/reflection_pb.js";

/** Files that are known without asking anybody, serialized. */
export interface BundledFiles {
  /**
   * The types that have a JSON form of their own, see https://protobuf.dev/programming-guides/json/: code relies on
   * their fields, so that these stand before what anybody else says they are.
   */
  readonly fixed: readonly Uint8Array[];
  /** What is taken where no source has it. */
  readonly fallback: readonly Uint8Array[];
}

/** Files of `fixed`, which nobody needs to be asked for. */
export const fixedFileNames: ReadonlySet<string> = new Set([
  "google/protobuf/any.proto",
  "google/protobuf/duration.proto",
  "google/protobuf/empty.proto",
  "google/protobuf/field_mask.proto",
  "google/protobuf/struct.proto",
  "google/protobuf/timestamp.proto",
  "google/protobuf/wrappers.proto",
]);

/** Serializes the files that come with the program. */
export function bundledFiles(): BundledFiles {
  const serialize = ({ proto }: typeof file_google_protobuf_any) => toBinary(FileDescriptorProtoSchema, proto);
  return {
    fixed: [
      file_google_protobuf_any,
      file_google_protobuf_duration,
      file_google_protobuf_empty,
      file_google_protobuf_field_mask,
      file_google_protobuf_struct,
      file_google_protobuf_timestamp,
      file_google_protobuf_wrappers,
    ].map(serialize),
    fallback: [
      file_google_protobuf_descriptor,
      file_google_protobuf_source_context,
      file_google_protobuf_type,
      file_google_protobuf_api,
      file_google_protobuf_compiler_plugin,
      file_google_rpc_status,
      file_google_rpc_error_details,
      file_grpc_health_v1_health,
      file_grpc_reflection_v1_reflection,
      file_grpc_reflection_v1alpha_reflection,
    ].map(serialize),
  };
}
