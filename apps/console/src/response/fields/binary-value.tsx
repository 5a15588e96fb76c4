import { fromBinary, type Registry } from "@bufbuild/protobuf";
import { StatusSchema } from "@switchboard/proto/gen/google/rpc/status_pb.js";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { utf8Text } from "../../message/bytes-text.ts";
import { FoundText } from "../../message/found-text.tsx";
import { JsonView } from "../../message/tree/json-view.tsx";
import { viewMessage } from "../../message/view-message.ts";
import type { ViewNode } from "../../message/view-node.ts";
import { sizeText } from "../../ui/format-figures.ts";
import classes from "./field-table.module.css";

/** Props of `BinaryValue`. */
export interface BinaryValueProps {
  /** The field's name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly registry: Registry;
}

/** The field in which gRPC carries `google.rpc.Status` (https://grpc.io/docs/guides/error/). */
const detailsField = "grpc-status-details-bin";
/** So much of a text is shown beside its base64. */
const longestText = 200;

const ValueViewer = lazy(async () => ({
  default: (await import("../../message/viewers/value-viewer.tsx")).ValueViewer,
}));

/** What a `-bin` field holds: its text where it is one, the status where it is that, and all bytes at a click. */
export function BinaryValue({ name, bytes, registry }: BinaryValueProps) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const status = useMemo(
    () => (name.toLowerCase() === detailsField ? viewStatus(bytes, registry) : undefined),
    [name, bytes, registry],
  );
  const text = bytes.byteLength === 0 ? undefined : utf8Text(bytes);
  return (
    <div className={classes.binary}>
      {status !== undefined ? (
        <div className={classes.tree}>
          <JsonView node={status} label={name} hasToolbar={false} />
        </div>
      ) : text === undefined ? null : (
        <FoundText text={text.length > longestText ? `${text.slice(0, longestText)}…` : text} />
      )}
      <button type="button" className={classes.more} onClick={() => setIsOpen(true)}>
        {t("message.view", { size: sizeText(bytes.byteLength) })}
      </button>
      {isOpen ? (
        <Suspense>
          <ValueViewer title={name} value={bytes} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function viewStatus(bytes: Uint8Array, registry: Registry): ViewNode | undefined {
  try {
    return viewMessage(StatusSchema, fromBinary(StatusSchema, bytes), { registry, showsDefaults: false });
  } catch {
    return undefined;
  }
}
