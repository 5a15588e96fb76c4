import { Code } from "@connectrpc/connect";
import { type DescriptorFile, type DescriptorFiles, withImports } from "../schema/descriptor-files.ts";

/** A question, as far as v1 and v1alpha have it in common: all of it but the names of the message types. */
export type ReflectionQuestion =
  | {
      case: "fileByFilename" | "fileContainingSymbol" | "allExtensionNumbersOfType" | "listServices";
      value: string;
    }
  | { case: "fileContainingExtension"; value: { containingType: string; extensionNumber: number } }
  | { case: undefined; value?: undefined };

/** An answer: the oneof `message_response` of either version. */
export type ReflectionAnswer =
  | { case: "fileDescriptorResponse"; value: { fileDescriptorProto: Uint8Array[] } }
  | { case: "allExtensionNumbersResponse"; value: { baseTypeName: string; extensionNumber: number[] } }
  | { case: "listServicesResponse"; value: { service: { name: string }[] } }
  | { case: "errorResponse"; value: { errorCode: number; errorMessage: string } };

/** What the questions are about. */
export interface ReflectionSubject {
  files: DescriptorFiles;
  /** The full names of the services to list. */
  services: readonly string[];
}

/**
 * Answers one question. A question without an answer is an `error_response`; the stream goes on.
 *
 * @param sent the names of the files that went out on this stream, which needn't go again; it is added to
 */
export function answerReflection(
  question: ReflectionQuestion,
  { files, services }: ReflectionSubject,
  sent: Set<string>,
): ReflectionAnswer {
  const answerFile = (file: DescriptorFile | undefined, what: string): ReflectionAnswer =>
    file === undefined
      ? refusal(Code.NotFound, `this server knows no ${what}`)
      : {
          case: "fileDescriptorResponse",
          value: { fileDescriptorProto: [...withImports(file, files, sent)].map(({ bytes }) => bytes) },
        };
  switch (question.case) {
    case "fileByFilename":
      return answerFile(files.byName(question.value), `file "${question.value}"`);
    case "fileContainingSymbol":
      return answerFile(files.bySymbol(question.value), `symbol "${question.value}"`);
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = question.value;
      const file = files.byExtension(containingType, extensionNumber);
      return answerFile(file, `extension ${extensionNumber} of "${containingType}"`);
    }
    case "allExtensionNumbersOfType":
      return answerNumbers(question.value, files);
    case "listServices":
      return { case: "listServicesResponse", value: { service: services.map((name) => ({ name })) } };
    case undefined:
      return refusal(Code.InvalidArgument, "the request asks nothing; set one field of message_request");
  }
}

function answerNumbers(message: string, files: DescriptorFiles): ReflectionAnswer {
  return files.bySymbol(message) === undefined
    ? refusal(Code.NotFound, `this server knows no message "${message}"`)
    : {
        case: "allExtensionNumbersResponse",
        value: { baseTypeName: message, extensionNumber: [...files.extensionNumbers(message)] },
      };
}

function refusal(errorCode: Code, errorMessage: string): ReflectionAnswer {
  return { case: "errorResponse", value: { errorCode, errorMessage } };
}
