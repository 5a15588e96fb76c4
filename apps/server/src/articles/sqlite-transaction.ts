import type { DatabaseSync } from "node:sqlite";

/** Runs `work` in one transaction: all of it is stored when this returns, or nothing when it throws. */
export function runInTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // Some faults, as a full disk, have ended the transaction already.
    if (database.isTransaction) {
      database.exec("ROLLBACK");
    }
    throw error;
  }
}
