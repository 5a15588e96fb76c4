import type { AnyDesc, DescFile } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import type { DescriptorProto, EnumDescriptorProto, FileDescriptorProto } from "@bufbuild/protobuf/wkt";

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
 * Creates an index of the comments of services, methods, messages, fields, oneofs, enums and enum values. A file's source
 * info is read when one of its comments is first asked for; what can't be read counts as no comments.
 *
 * @param sourceInfo the serialized `google.protobuf.SourceCodeInfo` of each file, in parts, by the file's name
 */
export function createCommentIndex(sourceInfo: ReadonlyMap<string, readonly Uint8Array[]>): CommentIndex {
  const comments = new Map<string, ReadonlyMap<string, string>>();
  function commentsOf(file: DescFile): ReadonlyMap<string, string> {
    const known = comments.get(file.proto.name);
    if (known !== undefined) {
      return known;
    }
    const read = readComments(file.proto, sourceInfo.get(file.proto.name) ?? []);
    comments.set(file.proto.name, read);
    return read;
  }
  return {
    commentOf: (desc) => commentsOf(fileOf(desc)).get(keyOf(desc)),
  };
}

function readComments(file: FileDescriptorProto, parts: readonly Uint8Array[]): ReadonlyMap<string, string> {
  const comments = new Map<string, string>();
  try {
    const located = new Map(parts.flatMap(locatedComments));
    if (located.size > 0) {
      nameComments(file, (name, path) => {
        const text = located.get(path.join("."));
        if (text !== undefined) {
          comments.set(name, text);
        }
      });
    }
  } catch {
    // Comments are a help and no need: without them the page only says less.
  }
  return comments;
}

type Note = (name: string, path: readonly number[]) => void;

/** Tells of everything in a file that can have a comment. The numbers of a path are field numbers of the descriptor messages, each followed by a position in the list. */
function nameComments(file: FileDescriptorProto, note: Note): void {
  const scope = file.package === "" ? "" : `${file.package}.`;
  file.messageType.forEach((message, i) => {
    nameMessage(message, { scope, path: [4, i], note });
  });
  file.enumType.forEach((enumeration, i) => {
    nameEnum(enumeration, { scope, path: [5, i], note });
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
  readonly note: Note;
}

function nameMessage(message: DescriptorProto, { scope, path, note }: Place): void {
  const name = `${scope}${message.name}`;
  note(name, path);
  message.field.forEach((field, i) => {
    note(`${name}/${field.name}`, [...path, 2, i]);
  });
  message.oneofDecl.forEach((oneof, i) => {
    note(`${name}/${oneof.name}`, [...path, 8, i]);
  });
  message.nestedType.forEach((nested, i) => {
    nameMessage(nested, { scope: `${name}.`, path: [...path, 3, i], note });
  });
  message.enumType.forEach((enumeration, i) => {
    nameEnum(enumeration, { scope: `${name}.`, path: [...path, 4, i], note });
  });
}

function nameEnum(enumeration: EnumDescriptorProto, { scope, path, note }: Place): void {
  const name = `${scope}${enumeration.name}`;
  note(name, path);
  enumeration.value.forEach((value, i) => {
    note(`${name}/${value.name}`, [...path, 2, i]);
  });
}

const locationField = 1;
const pathField = 1;
const leadingField = 3;
const trailingField = 4;

/** The comments in a `google.protobuf.SourceCodeInfo` by their paths; the many locations without one are passed over. */
function locatedComments(sourceInfo: Uint8Array): (readonly [path: string, text: string])[] {
  const reader = new BinaryReader(sourceInfo);
  const located: (readonly [string, string])[] = [];
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === locationField && type === WireType.LengthDelimited) {
      located.push(...locatedComment(new BinaryReader(reader.bytes())));
    } else {
      reader.skip(type, field);
    }
  }
  return located;
}

function locatedComment(reader: BinaryReader): (readonly [path: string, text: string])[] {
  const path: number[] = [];
  let leading = "";
  let trailing = "";
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === pathField && type === WireType.LengthDelimited) {
      const end = reader.uint32() + reader.pos;
      while (reader.pos < end) {
        path.push(reader.int32());
      }
    } else if (field === leadingField) {
      leading = reader.string();
    } else if (field === trailingField) {
      trailing = reader.string();
    } else {
      reader.skip(type, field);
    }
  }
  const text = unindent(leading) || unindent(trailing);
  return text === "" ? [] : [[path.join("."), text]];
}

function unindent(comment: string): string {
  return comment.replace(/^ /gm, "").trim();
}

function fileOf(desc: AnyDesc): DescFile {
  switch (desc.kind) {
    case "file":
      return desc;
    case "message":
    case "enum":
    case "service":
    case "extension":
      return desc.file;
    case "field":
    case "oneof":
      return desc.parent.file;
    case "enum_value":
      return desc.parent.file;
    case "rpc":
      return desc.parent.file;
  }
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
