import type { CallSnapshot } from "../../call/call-snapshot.ts";

/** What is known of a kept answer without reading it. */
export interface KeptAnswer {
  readonly tabId: string;
  readonly bytes: number;
  readonly savedAt: number;
}

/** Answers that outlive the page, by their tabs. Everything rejects where the browser refuses. */
export interface AnswerStore {
  list(): Promise<readonly KeptAnswer[]>;
  read(tabId: string): Promise<CallSnapshot | undefined>;
  write(tabId: string, snapshot: CallSnapshot): Promise<void>;
  remove(tabId: string): Promise<void>;
}

const databaseName = "switchboard.answers";
const answersName = "answers";
/** Apart from the answers, so that a list of them reads none. */
const listName = "list";

/** Creates a store in the browser's IndexedDB, which is opened when it is first needed. */
export function createAnswerStore(factory: () => IDBFactory): AnswerStore {
  let opening: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    opening ??= new Promise((resolve, reject) => {
      const request = factory().open(databaseName, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(answersName);
        request.result.createObjectStore(listName, { keyPath: "tabId" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    return opening;
  }

  async function change(act: (answers: IDBObjectStore, list: IDBObjectStore) => void): Promise<void> {
    const transaction = (await open()).transaction([answersName, listName], "readwrite");
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    act(transaction.objectStore(answersName), transaction.objectStore(listName));
    // At once, since the page may be about to go.
    transaction.commit();
    await done;
  }

  async function get<Value>(storeName: string, ask: (store: IDBObjectStore) => IDBRequest<Value>): Promise<Value> {
    const database = await open();
    return new Promise((resolve, reject) => {
      const request = ask(database.transaction(storeName).objectStore(storeName));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }

  return {
    list: () => get<KeptAnswer[]>(listName, (store) => store.getAll()),
    read: (tabId) => get<CallSnapshot | undefined>(answersName, (store) => store.get(tabId)),
    write: (tabId, snapshot) =>
      change((answers, list) => {
        answers.put(snapshot, tabId);
        list.put({ tabId, bytes: snapshot.bytes, savedAt: snapshot.savedAt } satisfies KeptAnswer);
      }),
    remove: (tabId) =>
      change((answers, list) => {
        answers.delete(tabId);
        list.delete(tabId);
      }),
  };
}
