/** Loads what the first call needs beside the page itself, one after the other, once the page has nothing better to do. */
export function preloadRooms(whenIdle: (task: () => void) => unknown): void {
  const rooms = [
    () => import("../request/form/message-form.tsx"),
    () => import("../message/message-view.tsx"),
    () => import("../request/editor/code-editor.tsx"),
    () => import("../request/metadata/metadata-editor.tsx"),
    () => import("../request/options/options-panel.tsx"),
    () => import("../response/status-panel.tsx"),
    () => import("../response/fields/field-table.tsx"),
    () => import("../response/timing/timing-panel.tsx"),
  ];
  whenIdle(async () => {
    for (const load of rooms) {
      // What can't be loaded now is tried again where it is needed, and told there.
      await load().catch(() => undefined);
    }
  });
}
