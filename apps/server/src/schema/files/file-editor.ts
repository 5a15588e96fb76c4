import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { type ElementPaths, moveSourceInfo, recordElementPaths } from "./element-paths.ts";
import { type SchemaFile, schemaFileOf } from "./schema-file.ts";

/** Changes a file in its place. What isn't changed costs nothing. */
export interface FileEditor {
  readonly proto: FileDescriptorProto;
  /** Removes from a list of the file's elements what `keep`, which is asked once for each, is false for. Comments stay with what they are about. */
  retain<T extends object>(list: T[], keep: (element: T) => boolean): void;
  /** Has to be called when anything else than a list of elements was changed. */
  touch(): void;
  /** The file as it is now; the very one that was taken where nothing changed. */
  finish(): SchemaFile;
}

/** Creates an editor of a file, whose `proto` it changes: nobody else may hold that. */
export function createFileEditor(file: SchemaFile): FileEditor {
  const { proto, sourceInfo } = file;
  let before: ElementPaths | undefined;
  let isTouched = false;
  return {
    proto,
    retain(list, keep) {
      const kept = list.filter(keep);
      if (kept.length < list.length) {
        before ??= recordElementPaths(proto);
        for (const [index, element] of kept.entries()) {
          list[index] = element;
        }
        list.length = kept.length;
      }
    },
    touch() {
      isTouched = true;
    },
    finish() {
      if (before === undefined) {
        return isTouched ? schemaFileOf(proto, sourceInfo) : file;
      }
      return schemaFileOf(proto, sourceInfo && moveSourceInfo(sourceInfo, before, proto));
    },
  };
}
