import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SaveProblems } from "./save-problems.ts";
import classes from "./target-dialog.module.css";
import { type FormField, nameOf, type TargetForm } from "./target-form.ts";
import { TargetSections } from "./target-sections.tsx";

/** Props of `TargetFields`, and of the sections among them. */
export interface TargetFieldsProps {
  readonly form: TargetForm;
  readonly onChange: (change: Partial<TargetForm>) => void;
  /** The fields whose text the page can't read. */
  readonly unread: ReadonlySet<FormField>;
  /** What the server says. */
  readonly problems: SaveProblems;
}

/** The fields about a target: address and name, and the rest in sections that are folded while they are empty. */
export function TargetFields(props: TargetFieldsProps) {
  const { form, onChange, unread, problems } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          className={classes.mono}
          data-autofocus
          label={t("target.field.address")}
          description={t("target.field.addressHint")}
          placeholder="localhost:50051"
          value={form.address}
          onChange={(event) => onChange({ address: event.currentTarget.value })}
          error={problems.byField.get("address") ?? (unread.has("address") ? t("target.field.addressMissing") : null)}
          spellCheck={false}
          autoCapitalize="off"
        />
        <TextInput
          label={t("target.field.name")}
          description={t("target.field.nameHint")}
          value={nameOf(form)}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          error={problems.byField.get("name") ?? (unread.has("name") ? t("target.field.nameMissing") : null)}
          spellCheck={false}
          autoCapitalize="off"
        />
      </div>
      <TargetSections {...props} />
    </>
  );
}
