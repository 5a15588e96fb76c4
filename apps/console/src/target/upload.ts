/** One file that somebody chose or dropped. */
export interface UploadFile {
  /** Its path within what was dropped, with slashes. */
  readonly path: string;
  readonly size: number;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** What files are to the server. */
export type Upload =
  | {
      readonly kind: "protoFiles";
      readonly label: string;
      readonly files: readonly { readonly path: string; readonly content: Uint8Array<ArrayBuffer> }[];
    }
  | { readonly kind: "descriptors"; readonly label: string; readonly content: Uint8Array<ArrayBuffer> }
  | { readonly kind: "refused"; readonly reason: UploadRefusal };

/** Why files are not taken: a key of the language catalogues under `schema.refused`. */
export type UploadRefusal = "nothing" | "tooMany" | "tooLarge" | "badZip" | "mixed";

/** The most files of one upload. */
export const maxUploadFiles = 5_000;

/** The most bytes of one upload, unpacked: 16 MiB. */
export const maxUploadBytes = 16_777_216;

const protoPattern = /\.proto$/i;
const zipPattern = /\.zip$/i;
const descriptorPattern = /\.(?:binpb|bin|pb|desc|protoset|fds|descriptor|descriptors|image)$/i;
/** Leftovers of other tools that zips bring along. */
const hiddenPattern = /(?:^|\/)(?:__MACOSX|\.)/;

/**
 * Reads what was dropped: a zip of `.proto` files is unpacked, a single descriptor set or buf image goes as it is, and of
 * anything else the `.proto` files are taken. Nothing is unpacked beyond the limits.
 */
export async function readUpload(files: readonly UploadFile[]): Promise<Upload> {
  const [only] = files;
  if (files.length === 1 && only !== undefined && zipPattern.test(only.path)) {
    return only.size > maxUploadBytes ? refused("tooLarge") : readZip(only);
  }
  if (files.length === 1 && only !== undefined && descriptorPattern.test(only.path)) {
    const label = nameOf(only.path);
    return only.size > maxUploadBytes
      ? refused("tooLarge")
      : { kind: "descriptors", label, content: await only.read() };
  }
  const protos = files.filter(({ path }) => protoPattern.test(path) && !hiddenPattern.test(path));
  if (protos.length === 0) {
    return refused(
      files.some(({ path }) => zipPattern.test(path) || descriptorPattern.test(path)) ? "mixed" : "nothing",
    );
  }
  const fault = limitFault(
    protos.length,
    protos.reduce((sum, { size }) => sum + size, 0),
  );
  if (fault !== undefined) {
    return refused(fault);
  }
  const contents = await Promise.all(protos.map(async (file) => ({ path: file.path, content: await file.read() })));
  return inFolder(contents);
}

async function readZip(file: UploadFile): Promise<Upload> {
  const [{ unzipSync }, bytes] = await Promise.all([import("fflate"), file.read()]);
  let count = 0;
  let size = 0;
  // Each file is unpacked into as many bytes as the zip says it has, so that the sum can be trusted.
  const filter = ({ name, originalSize }: { readonly name: string; readonly originalSize: number }) => {
    const isWanted = protoPattern.test(name) && !hiddenPattern.test(name);
    count += isWanted ? 1 : 0;
    size += isWanted ? originalSize : 0;
    return isWanted && limitFault(count, size) === undefined;
  };
  try {
    const files = Object.entries(unzipSync(bytes, { filter })).map(([path, content]) => ({ path, content }));
    const fault = count === 0 ? "nothing" : limitFault(count, size);
    return fault === undefined ? { ...inFolder(files), label: nameOf(file.path) } : refused(fault);
  } catch {
    return refused("badZip");
  }
}

type ProtoFiles = Upload & { readonly kind: "protoFiles" };

/** Files whose paths all begin with the same folder are known by its name. Where imports begin, the server finds out. */
function inFolder(files: ProtoFiles["files"]): ProtoFiles {
  const [first = ""] = files.map(({ path }) => path);
  const folder = first.slice(0, first.indexOf("/") + 1);
  const isOneFolder = folder !== "" && files.every(({ path }) => path.startsWith(folder));
  const others = files.length === 1 ? "" : ", …";
  return { kind: "protoFiles", label: isOneFolder ? folder.slice(0, -1) : `${nameOf(first)}${others}`, files };
}

function limitFault(count: number, size: number): UploadRefusal | undefined {
  if (count > maxUploadFiles) {
    return "tooMany";
  }
  return size > maxUploadBytes ? "tooLarge" : undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function refused(reason: UploadRefusal): Upload {
  return { kind: "refused", reason };
}
