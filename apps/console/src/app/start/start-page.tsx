import { useTranslation } from "react-i18next";
import { KindMark } from "../../ui/kind-mark.tsx";
import { openMethod } from "../open-method.ts";
import { useServices } from "../services.ts";
import { availableCards } from "./cards.ts";
import { ClientHint } from "./client-hint.tsx";
import { runCard } from "./run-card.ts";
import classes from "./start-page.module.css";

/** The empty workbench: five methods worth calling, and how other clients reach the same server. */
export function StartPage() {
  const { t } = useTranslation();
  const { workbench, sessions, baseUrl } = useServices();
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
                  const tab = openMethod(workbench, method, false);
                  if (tab !== undefined) {
                    runCard(method, sessions.of(tab, method));
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
        <ClientHint baseUrl={baseUrl} />
      </div>
    </div>
  );
}
