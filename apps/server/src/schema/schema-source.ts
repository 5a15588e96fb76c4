/** What one source tells: the input of `buildSchema`. It can be sent to a worker. */
export interface SchemaSource {
  /** Names it among the target's sources. */
  readonly id: string;
  /** What a person knows it by. */
  readonly label: string;
  /** Its files, each a serialized `google.protobuf.FileDescriptorProto`, in any order. */
  readonly files: readonly Uint8Array[];
  /** The full names of the services that it lists; undefined for all that its files declare. */
  readonly listed: readonly string[] | undefined;
  /** Why a listed service isn't among the files, as the source put it, by full name. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** The source of the files that come with the program. */
export const bundledSourceId = "built-in";
