import { lazy, Suspense } from "react";
import { useStore } from "zustand";
import { useServices } from "../services.ts";

const TargetDialog = lazy(async () => ({ default: (await import("./target-dialog.tsx")).TargetDialog }));
const SchemaDialog = lazy(async () => ({ default: (await import("./schema-dialog.tsx")).SchemaDialog }));
const RemoveDialog = lazy(async () => ({ default: (await import("./remove-dialog.tsx")).RemoveDialog }));

/** The dialog about targets that is open. Loaded apart from the page. */
export function TargetDialogs() {
  const { dialogs } = useServices();
  const { open } = useStore(dialogs);
  if (open === undefined) {
    return null;
  }
  const onClose = () => dialogs.setState({ open: undefined });
  return (
    <Suspense fallback={null}>
      {open.kind === "add" ? <TargetDialog typedAddress={open.address} onClose={onClose} /> : null}
      {open.kind === "edit" ? <TargetDialog previousName={open.target} onClose={onClose} /> : null}
      {open.kind === "schema" ? <SchemaDialog target={open.target} onClose={onClose} /> : null}
      {open.kind === "remove" ? <RemoveDialog target={open.target} onClose={onClose} /> : null}
    </Suspense>
  );
}
