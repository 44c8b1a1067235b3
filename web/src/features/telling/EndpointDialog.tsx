import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint, WebhookEndpointInput } from "@/api/model";
import { errorLine, fieldText, saysMore } from "@/i18n/error-text";
import dialog from "@/ui/ConfirmDialog.module.css";
import { Notice } from "@/ui/Notice";
import { Dialog } from "@/ui/over/Dialog";
import { EventTypeFields } from "./EventTypeFields";
import { HeaderFields } from "./HeaderFields";
import { type HeaderRow, rowsOf, writtenOf } from "./header-rows";
import classes from "./Telling.module.css";

/** What is asked for; a header without a value keeps what it had. */
type EndpointAsked = Required<Pick<WebhookEndpointInput, "url" | "description" | "event_types">> & {
  headers: ReturnType<typeof writtenOf>;
};

interface EndpointDialogProps {
  title: string;
  confirm: string;
  /** The one that is changed; absent for a new one. */
  endpoint?: WebhookEndpoint;
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onSave: (endpoint: EndpointAsked) => void;
}

/** The same in every language of people. */
const EXAMPLE = "https://example.com/fanfare";
const FIELDS = ["url", "description", "event_types", "headers"];

/** Where something is told, of what, and what is sent along. */
export function EndpointDialog({
  title,
  confirm,
  endpoint,
  pending,
  error,
  onClose,
  onSave,
}: EndpointDialogProps) {
  const { t } = useTranslation();
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [types, setTypes] = useState<readonly string[] | null>(
    endpoint && endpoint.event_types.length > 0 ? endpoint.event_types : null,
  );
  const [headers, setHeaders] = useState<readonly HeaderRow[]>(rowsOf(endpoint?.headers ?? []));
  const wrong = (field: string) => fieldText(error, field);
  const save = (event: FormEvent) => {
    event.preventDefault();
    onSave({
      url: url.trim(),
      description: description.trim(),
      event_types: [...(types ?? [])],
      headers: writtenOf(headers),
    });
  };
  return (
    <Dialog title={title} size={640} onClose={onClose}>
      <form noValidate onSubmit={save}>
        <div className={classes.fields}>
          <TextInput
            data-autofocus
            type="url"
            label={t("telling.form.url")}
            description={t("telling.form.urlHelp")}
            placeholder={EXAMPLE}
            value={url}
            error={wrong("url")}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          {/^http:\/\//i.test(url.trim()) && (
            <Notice tone="warn" title={t("telling.form.plain")}>
              {t("telling.form.plainDetail")}
            </Notice>
          )}
          <TextInput
            label={`${t("telling.form.description")} (${t("common.optional")})`}
            description={t("telling.form.descriptionHelp")}
            maxLength={200}
            value={description}
            error={wrong("description")}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <EventTypeFields chosen={types} wrong={wrong("event_types")} onChange={setTypes} />
          <HeaderFields rows={headers} wrong={wrong("headers")} onChange={setHeaders} />
          {saysMore(error, FIELDS) && (
            <p role="alert" className={classes.wrong}>
              {errorLine(error)}
            </p>
          )}
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={pending}
            disabled={url.trim() === "" || types?.length === 0}
          >
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
