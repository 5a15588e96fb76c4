import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import {
  type AddSourceRequest,
  AddSourceRequestSchema,
  type CompileError,
  ProtoFilesSchema,
  type Source,
} from "@switchboard/proto/gen/switchboard/console/v1/schema_service_pb.js";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ConsoleClients } from "./console-clients.ts";
import { readUpload, type Upload, type UploadFile, type UploadRefusal } from "./upload.ts";

/** How far an upload is. */
export type SourceUploadState =
  | { readonly kind: "idle" | "sending" }
  | { readonly kind: "added"; readonly source: Source }
  /** The page doesn't take the files. */
  | { readonly kind: "refused"; readonly reason: UploadRefusal }
  /** The files don't compile. */
  | { readonly kind: "errors"; readonly errors: readonly CompileError[] }
  /** The server can't be reached, or doesn't take them. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/** The adding of files to a target's sources. */
export interface SourceUpload {
  readonly store: StoreApi<SourceUploadState>;
  /** Sends files; what is under way is given up. Resolves with whether they were added. */
  send(files: readonly UploadFile[] | Promise<readonly UploadFile[]>): Promise<boolean>;
  cancel(): void;
}

/** Creates the uploads to one target. */
export function createSourceUpload({ schemas }: Pick<ConsoleClients, "schemas">, target: string): SourceUpload {
  const store = createStore<SourceUploadState>(() => ({ kind: "idle" }));
  let abort: AbortController | undefined;

  async function perform(files: readonly UploadFile[], signal: AbortSignal): Promise<SourceUploadState> {
    const upload = await readUpload(files);
    if (upload.kind === "refused") {
      return upload;
    }
    const { source, errors } = await schemas.addSource(toRequest(target, upload), { signal });
    return source === undefined ? { kind: "errors", errors } : { kind: "added", source };
  }

  return {
    store,
    cancel: () => abort?.abort(),
    async send(files) {
      abort?.abort();
      const own = new AbortController();
      abort = own;
      store.setState({ kind: "sending" }, true);
      const end = await perform(await files, own.signal).catch(
        (reason): SourceUploadState => ({ kind: "failed", error: ConnectError.from(reason) }),
      );
      if (own.signal.aborted) {
        return false;
      }
      store.setState(end, true);
      return end.kind === "added";
    },
  };
}

function toRequest(target: string, upload: Exclude<Upload, { kind: "refused" }>): AddSourceRequest {
  const { label } = upload;
  return upload.kind === "descriptors"
    ? create(AddSourceRequestSchema, { target, label, content: { case: "descriptors", value: upload.content } })
    : create(AddSourceRequestSchema, {
        target,
        label,
        content: { case: "protoFiles", value: create(ProtoFilesSchema, { files: [...upload.files] }) },
      });
}
