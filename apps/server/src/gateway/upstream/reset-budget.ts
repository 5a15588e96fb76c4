/** How many more resets a session may send without the server taking them for an attack. */
export interface ResetBudget {
  /** How many can be sent at once. */
  left(): number;
  spend(): void;
}

/**
 * What a budget holds at most, and gains each second. Servers count the resets of a connection and close it, with the
 * calls of everybody, once there are too many (CVE-2023-44487): Netty's after 200 in 30 seconds, nghttp2's and Node's
 * after 1,000 at once and 33 a second, so this stays below all of them.
 */
export const resetBudgetSize = 150;
const gainedPerSecond = 1.5;

/** Creates a full budget. */
export function createResetBudget(): ResetBudget {
  let amount = resetBudgetSize;
  let asOf = 0;
  function left(): number {
    if (amount < resetBudgetSize) {
      const now = performance.now();
      amount = Math.min(resetBudgetSize, amount + ((now - asOf) / 1_000) * gainedPerSecond);
      asOf = now;
    }
    return amount;
  }
  return {
    left,
    spend() {
      const before = left();
      asOf = performance.now();
      amount = Math.max(0, before - 1);
    },
  };
}
