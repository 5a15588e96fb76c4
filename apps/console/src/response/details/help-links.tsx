import { useTranslation } from "react-i18next";
import { FoundText } from "../../message/found-text.tsx";
import classes from "./detail-view.module.css";
import { webAddress } from "./web-address.ts";

/** Props of `HelpLinks`. */
export interface HelpLinksProps {
  readonly links: readonly { readonly description: string; readonly url: string }[];
}

/** Links that a server gives for help, each with its whole address. What is no web address is text. */
export function HelpLinks({ links }: HelpLinksProps) {
  const { t } = useTranslation();
  return (
    <dl className={classes.facts}>
      {links.map(({ description, url }, position) => {
        const address = webAddress(url);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link can be given twice, and links never move.
          <div key={position} className={classes.fact}>
            <dt>
              <FoundText text={description} />
            </dt>
            <dd>
              {address === undefined ? (
                <>
                  <FoundText text={url} /> <span className={classes.whole}>{t("detail.noWebAddress")}</span>
                </>
              ) : (
                <a href={address} target="_blank" rel="noopener noreferrer">
                  <FoundText text={address} />
                </a>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
