import { useTranslation } from "react-i18next";
import { localTarget } from "../../schema/local-schema.ts";
import { KindMark } from "../../ui/kind-mark.tsx";
import { openMethod, routeOf } from "../open-method.ts";
import { useServices } from "../services.ts";
import { subjectOf } from "../target/subject.ts";
import { availableCards } from "./cards.ts";
import { ClientHint } from "./client-hint.tsx";
import { ConnectServer } from "./connect-server.tsx";
import { runCard } from "./run-card.ts";
import classes from "./start-page.module.css";

/** The empty workbench: five methods worth calling, and how other clients reach the same server. */
export function StartPage() {
  const { t } = useTranslation();
  const services = useServices();
  const { sessions, baseUrl } = services;
  return (
    <div className={classes.page}>
      <div className={classes.column}>
        <h2 className={classes.title}>{t("start.title")}</h2>
        <p className={classes.lead}>{t("start.lead")}</p>
        <ul className={classes.cards}>
          {availableCards().map(({ card, method }) => (
            <li key={card.key}>
              <button
                type="button"
                className={classes.card}
                onClick={() => {
                  const tab = openMethod(services, { route: routeOf(localTarget, method) });
                  const subject = tab && subjectOf(services, tab.route);
                  if (tab !== undefined && subject !== undefined) {
                    runCard(method, sessions.of(tab, subject));
                  }
                }}
              >
                <KindMark kind={method.methodKind} isWordShown />
                <span className={classes.name}>{t(`start.${card.key}.title`)}</span>
                <span className={classes.text}>{t(`start.${card.key}.text`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <ConnectServer />
        <ClientHint baseUrl={baseUrl} />
      </div>
    </div>
  );
}
