const msByUnit: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["µs", 1e-3],
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/**
 * A deadline as a command has it, in the words of the deadline's field: `1.5` counts seconds, `1m30s` is a duration as Go
 * writes it (https://pkg.go.dev/time#ParseDuration). Undefined where it is neither, or no time at all.
 */
export function readDeadlineFlag(value: string, form: "seconds" | "duration"): string | undefined {
  const isFigure = /^\d+(?:\.\d*)?$/.test(value);
  if (isFigure) {
    return deadlineText(Number(value) * 1_000);
  }
  const parts = [...value.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  const isWhole = parts.map(([whole]) => whole).join("") === value && parts.length > 0;
  if (form === "seconds" || !isWhole) {
    return undefined;
  }
  return deadlineText(
    parts.reduce((sum, [, figure, unit = ""]) => sum + Number(figure) * (msByUnit.get(unit) ?? 0), 0),
  );
}

/** The shortest words for a deadline; undefined for none. */
export function deadlineText(ms: number): string | undefined {
  const whole = Math.round(ms);
  if (whole <= 0) {
    return undefined;
  }
  return whole % 1_000 === 0 ? `${whole / 1_000} s` : `${whole} ms`;
}
