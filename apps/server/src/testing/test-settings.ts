import { checkDraft, type TargetDraft } from "../gateway/targets/target-draft.ts";
import type { TargetSettings } from "../gateway/targets/target-settings.ts";

/** What a test wants otherwise. */
export interface TestSettingsOptions extends Partial<TargetDraft> {
  /** Default: saved. */
  readonly origin?: TargetSettings["origin"];
}

/** The TLS of a target that sets nothing. */
export const defaultTls = {
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
  insecure: false,
} as const;

/** Creates settings of a target at `https://a.example` that are as by default. Throws where they would be refused. */
export function createTestSettings(name: string, { origin, ...draft }: TestSettingsOptions = {}): TargetSettings {
  const checked = checkDraft(
    {
      name,
      address: "https://a.example",
      tls: defaultTls,
      metadata: [],
      reflectionMetadata: [],
      defaultDeadlineMs: undefined,
      maxMessageBytes: undefined,
      keepaliveMs: undefined,
      ...draft,
    },
    origin ?? "saved",
  );
  if (checked.kind === "violations") {
    throw new Error(`the settings of a test are refused: ${JSON.stringify(checked.violations)}`);
  }
  return checked.settings;
}
