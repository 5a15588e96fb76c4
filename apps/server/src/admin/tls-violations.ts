import { DialError } from "../gateway/dial/dial.ts";
import type { ReadTlsFiles } from "../gateway/dial/read-tls-files.ts";
import type { DraftViolation } from "../gateway/targets/target-draft.ts";
import type { TlsClientSettings } from "../gateway/targets/target-settings.ts";

/** Says what is wrong with the files of a target's TLS, by the names of their fields; none where they can be used. */
export async function findTlsViolations(
  tls: TlsClientSettings,
  readTlsFiles: ReadTlsFiles,
): Promise<readonly DraftViolation[]> {
  try {
    await readTlsFiles(tls);
    return [];
  } catch (error) {
    if (!(error instanceof DialError)) {
      throw error;
    }
    const { message, parameters } = error.fault;
    return [{ field: `tls.${fieldOf(tls, parameters?.file)}`, description: message }];
  }
}

function fieldOf({ caFile, keyFile }: TlsClientSettings, file: string | undefined): string {
  switch (file) {
    case caFile:
      return "ca_file";
    case keyFile:
      return "key_file";
    default:
      return "certificate_file";
  }
}
