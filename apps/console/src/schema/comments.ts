import { type AnyDesc, fromBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

/** The doc comments of a schema. */
export interface CommentIndex {
  /**
   * The comment above the definition of `desc`, or beside it where there is none above; plain text as its author wrote
   * it, without the comment signs' indentation. Undefined where there is no comment. The text is a stranger's: show it as
   * text alone.
   */
  commentOf(desc: AnyDesc): string | undefined;
}

/**
 * Indexes the comments of services, methods, messages, fields, oneofs, enums and enum values.
 *
 * @param descriptorSet a serialized `google.protobuf.FileDescriptorSet` with source info
 * @throws Error when the bytes are not such a set
 */
export function createCommentIndex(descriptorSet: Uint8Array): CommentIndex {
  const comments = new Map<string, string>();
  for (const file of fromBinary(FileDescriptorSetSchema, descriptorSet).file) {
    indexFile(file, comments);
  }
  return {
    commentOf: (desc) => comments.get(keyOf(desc)),
  };
}

function indexFile(file: FileDescriptorProto, comments: Map<string, string>): void {
  const located = commentsByPath(file);
  const note = (key: string, path: readonly number[]) => {
    const text = located.get(path.join("."));
    if (text !== undefined) {
      comments.set(key, text);
    }
  };
  const scope = file.package === "" ? "" : `${file.package}.`;
  // The numbers of a path are field numbers of the descriptor messages, each followed by a position in the list.
  file.messageType.forEach((message, i) => {
    noteMessage(message, { scope, path: [4, i], note });
  });
  file.enumType.forEach((enumeration, i) => {
    noteEnum(enumeration, { scope, path: [5, i], note });
  });
  file.service.forEach((service, i) => {
    const name = `${scope}${service.name}`;
    note(name, [6, i]);
    service.method.forEach((method, j) => {
      note(`${name}/${method.name}`, [6, i, 2, j]);
    });
  });
}

interface Place {
  readonly scope: string;
  readonly path: readonly number[];
  readonly note: (key: string, path: readonly number[]) => void;
}

function noteMessage(message: DescriptorProto, { scope, path, note }: Place): void {
  const name = `${scope}${message.name}`;
  note(name, path);
  message.field.forEach((field, i) => {
    note(`${name}/${field.name}`, [...path, 2, i]);
  });
  message.oneofDecl.forEach((oneof, i) => {
    note(`${name}/${oneof.name}`, [...path, 8, i]);
  });
  message.nestedType.forEach((nested, i) => {
    noteMessage(nested, { scope: `${name}.`, path: [...path, 3, i], note });
  });
  message.enumType.forEach((enumeration, i) => {
    noteEnum(enumeration, { scope: `${name}.`, path: [...path, 4, i], note });
  });
}

function noteEnum(enumeration: EnumDescriptorProto, { scope, path, note }: Place): void {
  const name = `${scope}${enumeration.name}`;
  note(name, path);
  enumeration.value.forEach((value, i) => {
    note(`${name}/${value.name}`, [...path, 2, i]);
  });
}

function commentsByPath(file: FileDescriptorProto): Map<string, string> {
  const located = new Map<string, string>();
  for (const { path, leadingComments, trailingComments } of file.sourceCodeInfo?.location ?? []) {
    const text = unindent(leadingComments) || unindent(trailingComments);
    if (text !== "") {
      located.set(path.join("."), text);
    }
  }
  return located;
}

function unindent(comment: string): string {
  return comment.replace(/^ /gm, "").trim();
}

function keyOf(desc: AnyDesc): string {
  switch (desc.kind) {
    case "message":
    case "enum":
    case "service":
      return desc.typeName;
    case "field":
    case "oneof":
    case "enum_value":
    case "rpc":
      return `${desc.parent.typeName}/${desc.name}`;
    case "extension":
      return desc.typeName;
    case "file":
      return desc.name;
  }
}
