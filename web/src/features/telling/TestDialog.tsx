import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Dialog } from "@/ui/over/Dialog";
import { Raw } from "@/ui/Raw";
import { Refusal } from "@/ui/Refusal";
import { Answer } from "./Answer";
import { eventTypesQuery, useTestEndpoint } from "./queries";
import classes from "./Telling.module.css";
import { endpointName, eventWords } from "./words";

const PLAIN_TEST = "webhook.test";

/** Sends the endpoint an example at once, and shows what it answered. */
export function TestDialog({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const { t } = useTranslation();
  const [type, setType] = useState(PLAIN_TEST);
  const { data: types = [] } = useQuery(eventTypesQuery);
  const test = useTestEndpoint(endpoint.id);
  const example = types.find((each) => each.type === type)?.example;
  return (
    <Dialog title={t("telling.test.title", { name: endpointName(endpoint) })} size={560} onClose={onClose}>
      <div className={classes.fields}>
        <NativeSelect
          data-autofocus
          label={t("telling.test.type")}
          description={t("telling.test.typeHelp")}
          value={type}
          onChange={(event) => {
            setType(event.currentTarget.value);
            test.reset();
          }}
          data={[
            { value: PLAIN_TEST, label: eventWords(PLAIN_TEST) },
            ...types
              .filter((each) => each.type !== PLAIN_TEST)
              .map((each) => ({ value: each.type, label: eventWords(each.type, each.description) })),
          ]}
        />
        {test.error ? (
          <Refusal error={test.error} />
        ) : test.data ? (
          <Answer attempt={test.data} live />
        ) : (
          example && <Raw title={t("telling.test.example")} text={JSON.stringify(example, null, 2)} />
        )}
      </div>
      <div className={dialog.actions}>
        <Button onClick={onClose}>{t("common.close")}</Button>
        <Button variant="filled" loading={test.isPending} onClick={() => test.mutate(type)}>
          {t(test.data ? "telling.test.again" : "telling.test.send")}
        </Button>
      </div>
    </Dialog>
  );
}
