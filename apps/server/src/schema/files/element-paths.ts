import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FileDescriptorProto,
  type SourceCodeInfo,
  type SourceCodeInfo_Location,
  SourceCodeInfoSchema,
} from "@bufbuild/protobuf/wkt";

/** The elements of a file by their paths, in dots, as `google.protobuf.SourceCodeInfo.Location.path` has them. */
export type ElementPaths = ReadonlyMap<string, object>;

/** Notes where each message, field, oneof, enum, value, service, method and extension of a file is. */
export function recordElementPaths(file: FileDescriptorProto): ElementPaths {
  const elements = new Map<string, object>();
  // Numbers are those of the lists in descriptor.proto, each followed by a position.
  recordList(elements, "4", file.messageType, recordMessage);
  recordList(elements, "5", file.enumType, recordEnum);
  recordList(elements, "6", file.service, (into, path, service) => recordList(into, `${path}.2`, service.method));
  recordList(elements, "7", file.extension);
  return elements;
}

/**
 * Brings the paths of comments and positions into line with a file some of whose elements have gone or moved.
 *
 * @param before where the elements were
 */
export function moveSourceInfo(
  sourceInfo: Uint8Array,
  before: ElementPaths,
  file: FileDescriptorProto,
): Uint8Array | undefined {
  const moved = new Map<object, string>();
  for (const [path, element] of recordElementPaths(file)) {
    moved.set(element, path);
  }
  let info: SourceCodeInfo;
  try {
    info = fromBinary(SourceCodeInfoSchema, sourceInfo);
  } catch {
    // Comments that nobody can read are no reason to lose the file.
    return undefined;
  }
  const location: SourceCodeInfo_Location[] = [];
  for (const place of info.location) {
    const path = movePath(place.path, before, moved);
    if (path !== undefined) {
      place.path = path;
      location.push(place);
    }
  }
  return toBinary(SourceCodeInfoSchema, create(SourceCodeInfoSchema, { location }));
}

/** The path in the changed file: that of the innermost element and what follows it. Undefined where that has gone. */
function movePath(path: number[], before: ElementPaths, moved: ReadonlyMap<object, string>): number[] | undefined {
  for (let length = path.length - (path.length % 2); length > 0; length -= 2) {
    const element = before.get(path.slice(0, length).join("."));
    if (element !== undefined) {
      const to = moved.get(element);
      return to === undefined ? undefined : [...to.split(".").map(Number), ...path.slice(length)];
    }
  }
  return path;
}

type Elements = Map<string, object>;

function recordList<T extends object>(
  elements: Elements,
  path: string,
  list: readonly T[],
  recordWithin?: (elements: Elements, path: string, element: T) => void,
): void {
  for (const [index, element] of list.entries()) {
    const at = `${path}.${index}`;
    elements.set(at, element);
    recordWithin?.(elements, at, element);
  }
}

function recordMessage(elements: Elements, path: string, message: DescriptorProto): void {
  recordList(elements, `${path}.2`, message.field);
  recordList(elements, `${path}.3`, message.nestedType, recordMessage);
  recordList(elements, `${path}.4`, message.enumType, recordEnum);
  recordList(elements, `${path}.6`, message.extension);
  recordList(elements, `${path}.8`, message.oneofDecl);
}

function recordEnum(elements: Elements, path: string, declared: EnumDescriptorProto): void {
  recordList(elements, `${path}.2`, declared.value);
}
