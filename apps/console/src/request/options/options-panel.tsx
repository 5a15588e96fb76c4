import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { compressionNames, type JsonDialect } from "../../call/call-options.ts";
import type { WireProtocol } from "../../call/wire-protocol.ts";
import buttons from "../../ui/text-button.module.css";
import { countChosen, type DraftOptions, defaultDraftOptions, readOptions } from "./draft-options.ts";
import { OptionRow } from "./option-row.tsx";
import { OptionSwitch } from "./option-switch.tsx";
import classes from "./options-panel.module.css";

/** Props of `OptionsPanel`. */
export interface OptionsPanelProps {
  readonly options: DraftOptions;
  readonly onOptionsChange: (options: DraftOptions) => void;
  /** What the call goes over: some options are for some protocols alone. */
  readonly protocol: WireProtocol;
  readonly isUnary: boolean;
}

const dialectNames: readonly (keyof JsonDialect)[] = [
  "protoFieldNames",
  "enumsAsNumbers",
  "emitDefaults",
  "ignoreUnknownFields",
];

/** How a call is carried beside its protocol and deadline: compression, limits of messages, and how JSON is written. */
export function OptionsPanel({ options, onOptionsChange, protocol, isUnary }: OptionsPanelProps) {
  const { t } = useTranslation();
  const change = (part: Partial<DraftOptions>) => onOptionsChange({ ...options, ...part });
  const isHttpCompression = isUnary && protocol.startsWith("connect");
  const { problems } = readOptions(options);
  return (
    <div className={classes.panel}>
      <OptionRow label={t("options.requestCompression")} hint={t("options.requestCompressionHint")}>
        {(label) => (
          <NativeSelect
            {...label}
            className={classes.field}
            value={options.requestCompression ?? ""}
            onChange={({ currentTarget: { value } }) =>
              change({ requestCompression: compressionNames.find((name) => name === value) })
            }
            data={[{ value: "", label: t("options.none") }, ...compressionNames]}
          />
        )}
      </OptionRow>
      <OptionRow
        label={t("options.accepted")}
        hint={isHttpCompression ? t("options.acceptedByHttp") : t("options.acceptedHint")}
      >
        {(label) => (
          <fieldset {...label} className={classes.choices}>
            {compressionNames.map((name) => (
              <OptionSwitch
                key={name}
                label={name}
                isOn={options.acceptedCompressions.includes(name)}
                onChange={(isOn) =>
                  change({
                    acceptedCompressions: compressionNames.filter((known) =>
                      known === name ? isOn : options.acceptedCompressions.includes(known),
                    ),
                  })
                }
              />
            ))}
          </fieldset>
        )}
      </OptionRow>
      <OptionRow
        label={t("options.maxSent")}
        hint={t("options.maxSentHint")}
        problem={problems.maxSent ? t("options.badSize") : undefined}
      >
        {(label) => (
          <TextInput
            {...label}
            className={classes.field}
            placeholder={t("options.noLimit")}
            value={options.maxSent}
            onChange={({ currentTarget: { value } }) => change({ maxSent: value })}
            spellCheck={false}
          />
        )}
      </OptionRow>
      <OptionRow
        label={t("options.maxReceived")}
        hint={t("options.maxReceivedHint")}
        problem={problems.maxReceived ? t("options.badSize") : undefined}
      >
        {(label) => (
          <TextInput
            {...label}
            className={classes.field}
            placeholder="64 MiB"
            value={options.maxReceived}
            onChange={({ currentTarget: { value } }) => change({ maxReceived: value })}
            spellCheck={false}
          />
        )}
      </OptionRow>
      <OptionRow
        label={t("options.json")}
        hint={protocol === "connect-json" ? t("options.jsonHint") : t("options.jsonUnused")}
      >
        {(label) => (
          <fieldset {...label} className={classes.list}>
            {dialectNames.map((name) => (
              <OptionSwitch
                key={name}
                label={t(`options.dialect.${name}`)}
                hint={t(`options.dialectHint.${name}`)}
                isOn={options.json[name]}
                onChange={(isOn) => change({ json: { ...options.json, [name]: isOn } })}
              />
            ))}
          </fieldset>
        )}
      </OptionRow>
      <button
        type="button"
        className={buttons.button}
        disabled={countChosen(options) === 0}
        onClick={() => onOptionsChange(defaultDraftOptions)}
      >
        {t("options.reset")}
      </button>
    </div>
  );
}
