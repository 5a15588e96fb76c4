import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";

/**
 * Whether a file says nothing but its name, as servers send in the place of files that they can't find themselves; those of
 * Go have the syntax `<unknown:0>`.
 */
export function isPlaceholder(file: FileDescriptorProto): boolean {
  const declared = file.messageType.length + file.enumType.length + file.service.length + file.extension.length;
  return declared === 0 && (file.syntax.startsWith("<") || (file.dependency.length === 0 && file.package === ""));
}
