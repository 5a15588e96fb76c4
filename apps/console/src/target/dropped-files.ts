import { maxUploadFiles, type UploadFile } from "./upload.ts";

/** Files that were chosen in a file field; a chosen folder's files have their paths within it. */
export function chosenFiles(list: Iterable<File>): UploadFile[] {
  return Array.from(list, (file) => toUpload(file, file.webkitRelativePath || file.name));
}

/**
 * Files that were dropped, with those of dropped folders. The list of items is gone once the drop's event was handled, so
 * that it is taken at once. Stops listing beyond the limit of an upload.
 */
export function droppedFiles(items: Iterable<DataTransferItem>): Promise<UploadFile[]> {
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return listEntries(entries);
}

async function listEntries(entries: readonly FileSystemEntry[]): Promise<UploadFile[]> {
  const files: UploadFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.pop(); entry !== undefined && files.length <= maxUploadFiles; entry = waiting.pop()) {
    if (isFile(entry)) {
      const { fullPath } = entry;
      const file = await openFile(entry);
      files.push(toUpload(file, fullPath.replace(/^\//, "")));
    } else if (isFolder(entry)) {
      waiting.push(...(await readFolder(entry)));
    }
  }
  return files;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function openFile(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** A reader gives a folder in parts, and an empty part at its end. */
async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) {
      return all;
    }
    all.push(...part);
  }
}

function toUpload(file: File, path: string): UploadFile {
  return { path, size: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) };
}
