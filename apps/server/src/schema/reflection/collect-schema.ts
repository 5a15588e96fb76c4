import { Code, ConnectError } from "@connectrpc/connect";
import { createNoteBook } from "../note-book.ts";
import { quoteName } from "../quote-name.ts";
import { type CollectedFiles, createCollectedFiles } from "./collected-files.ts";
import type { ReflectionLimits } from "./reflection-limits.ts";
import type { OnAnswer, ReflectionQuestion, ReflectionStream } from "./reflection-stream.ts";

/** What a target told of its schema. */
export interface CollectedSchema {
  /** The services that it lists, by their full names. */
  readonly services: readonly string[];
  /** Serialized files, as they came. */
  readonly files: readonly Uint8Array[];
  /** Why listed services were not described, by their full names. */
  readonly reasons: ReadonlyMap<string, string>;
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

/** A schema in the making; `schema` tells what has come so far. */
export interface Collector {
  /**
   * Asks for everything: the services, then what describes each, then what that imports or refers to.
   *
   * @throws ConnectError when the stream breaks, or the target doesn't list its services
   */
  collect(stream: ReflectionStream): Promise<void>;
  /** Whether any answer has come. */
  hasAnswers(): boolean;
  schema(): CollectedSchema;
}

/** Creates a collector of one target's schema. */
export function createCollector(limits: ReflectionLimits): Collector {
  const notes = createNoteBook();
  const files = createCollectedFiles(limits, notes);
  const services = new Set<string>();
  const reasons = new Map<string, string>();
  let answers = 0;
  let questions = 0;

  /** Passes questions on as long as more is wanted. */
  function* within(wanted: Iterable<ReflectionQuestion>): Generator<ReflectionQuestion, void, undefined> {
    for (const question of wanted) {
      if (files.isFull()) {
        return;
      }
      if (questions === limits.maxQuestions) {
        notes.add(`the target needs more than ${limits.maxQuestions} questions; what is missing then is left out`);
        return;
      }
      questions++;
      yield question;
    }
  }

  async function listServices(stream: ReflectionStream): Promise<void> {
    await stream.ask(within([{ case: "listServices", value: "*" }]), (answer) => {
      answers++;
      if (answer.case === "errorResponse") {
        throw new ConnectError(answer.value.errorMessage, answer.value.errorCode as Code);
      }
      for (const { name } of answer.case === "listServicesResponse" ? answer.value.service : []) {
        services.add(name);
      }
    });
  }

  async function describeServices(stream: ReflectionStream): Promise<void> {
    await stream.ask(within(symbolQuestions(services, files)), (answer, question) => {
      answers++;
      takeFiles(answer, files);
      const { value: service } = question;
      if (answer.case === "errorResponse") {
        const { errorCode, errorMessage } = answer.value;
        reasons.set(
          service,
          `the target lists it, but doesn't describe it (${Code[errorCode] ?? errorCode}: ${quoteName(errorMessage)})`,
        );
      } else if (!files.isDeclared(service)) {
        reasons.set(service, "the target lists it, but what it sends for it doesn't describe it");
      }
    });
  }

  async function fetchMissing(stream: ReflectionStream): Promise<void> {
    const onAnswer: OnAnswer = (answer) => {
      answers++;
      takeFiles(answer, files);
    };
    for (let before = -1; before < questions; ) {
      before = questions;
      await stream.ask(within(files.missingFiles()), onAnswer);
      if (before === questions) {
        await stream.ask(within(files.missingTypes()), onAnswer);
      }
    }
  }

  return {
    async collect(stream) {
      await listServices(stream);
      limitServices(services, limits, notes.add);
      await describeServices(stream);
      await fetchMissing(stream);
    },
    hasAnswers: () => answers > 0,
    schema: () => ({ services: [...services], files: files.all(), reasons, notes: notes.notes() }),
  };
}

function* symbolQuestions(services: ReadonlySet<string>, files: CollectedFiles): Generator<ReflectionQuestion> {
  for (const value of services) {
    if (!files.isDeclared(value)) {
      yield { case: "fileContainingSymbol", value };
    }
  }
}

function takeFiles(answer: Parameters<OnAnswer>[0], files: CollectedFiles): void {
  for (const bytes of answer.case === "fileDescriptorResponse" ? answer.value.fileDescriptorProto : []) {
    files.add(bytes);
  }
}

function limitServices(services: Set<string>, { maxServices }: ReflectionLimits, note: (text: string) => void): void {
  if (services.size > maxServices) {
    note(`the target lists ${services.size} services; those after the first ${maxServices} are left out`);
    for (const name of [...services].slice(maxServices)) {
      services.delete(name);
    }
  }
}
