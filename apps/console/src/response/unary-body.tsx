import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { useTranslation } from "react-i18next";
import type { Call } from "../call/call.ts";
import type { EventLog, MessageEvent } from "../call/event-log.ts";
import { LazyMessageView } from "../message/lazy-message-view.tsx";
import buttons from "../ui/text-button.module.css";
import { useSnapshot } from "../ui/use-snapshot.ts";
import classes from "./unary-body.module.css";

/** Props of `UnaryBody`. */
export interface UnaryBodyProps {
  readonly call: Call;
  readonly method: DescMethod;
  readonly registry: Registry;
  /** Shows a message as the wire carried it; without one, the newest. */
  readonly onOpenWire: (event: MessageEvent | undefined) => void;
}

/** The one message of a unary call's response. */
export function UnaryBody({ call, method, registry, onOpenWire }: UnaryBodyProps) {
  const { t } = useTranslation();
  const { phase, log, undecoded } = useSnapshot(call);
  const received = lastReceived(log);
  if (received === undefined && undecoded !== undefined) {
    return (
      <div className={classes.none}>
        <p>{t("response.undecoded")}</p>
        <button type="button" className={buttons.button} onClick={() => onOpenWire(undefined)}>
          {t("wire.openHint")}
        </button>
      </div>
    );
  }
  if (received === undefined) {
    return <p className={classes.none}>{phase.kind === "closed" ? t("response.noBody") : t("response.waiting")}</p>;
  }
  return (
    <LazyMessageView
      desc={method.output}
      message={received.message}
      wireBytes={received.wireBytes}
      registry={registry}
      label={t("message.response")}
      onShowWire={() => onOpenWire(received)}
    />
  );
}

function lastReceived(log: EventLog): MessageEvent | undefined {
  for (let position = log.length - 1; position >= 0; position--) {
    const event = log.at(position);
    if (event?.direction === "received") {
      return event;
    }
  }
  return undefined;
}
