import "i18next";
import type en from "./en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    // Names of statuses and kinds hold underscores; the catalogues have no contexts and no plural forms.
    contextSeparator: "|";
    pluralSeparator: "|";
    resources: { translation: typeof en };
  }
}
