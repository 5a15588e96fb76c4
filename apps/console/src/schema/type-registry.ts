import { createRegistry, type Registry } from "@bufbuild/protobuf";
import {
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
} from "@bufbuild/protobuf/wkt";
import { file_google_rpc_error_details } from "@switchboard/proto/gen/google/rpc/error_details_pb.js";
import { file_google_rpc_status } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import { serviceGroups } from "./service-catalog.ts";

/** The types that the page knows whatever a target tells: the well-known ones, `google.rpc.Status` and the error details. */
export const commonTypes: Registry = createRegistry(
  file_google_protobuf_any,
  file_google_protobuf_duration,
  file_google_protobuf_empty,
  file_google_protobuf_field_mask,
  file_google_protobuf_struct,
  file_google_protobuf_timestamp,
  file_google_protobuf_wrappers,
  file_google_rpc_status,
  file_google_rpc_error_details,
);

/**
 * Every type of the built-in services, and the common ones. What an `Any` or an error detail holds is looked up here.
 */
export const typeRegistry: Registry = createRegistry(
  commonTypes,
  ...serviceGroups.flatMap(({ services }) => services.map(({ file }) => file)),
);
