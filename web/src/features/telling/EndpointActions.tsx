import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { History, KeyRound, PenLine, PowerOff, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WebhookEndpoint } from "@/api/model";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { actions } from "@/ui/Section";
import { toastDone, toastFailed, toastUndo } from "@/ui/toast";
import { useChangeEndpoint, useDeleteEndpoint } from "./queries";
import { endpointName } from "./words";

const EndpointDialog = lazy(async () => ({ default: (await import("./EndpointDialog")).EndpointDialog }));
const RotateDialog = lazy(async () => ({ default: (await import("./RotateDialog")).RotateDialog }));
const SecretDialog = lazy(async () => ({ default: (await import("./SecretDialog")).SecretDialog }));
const SendAgainDialog = lazy(async () => ({ default: (await import("./SendAgainDialog")).SendAgainDialog }));

type Open = "change" | "rotate" | "again" | "delete";

/** Everything that can be done with an endpoint besides trying it. */
export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const change = useChangeEndpoint(endpoint.id);
  const close = () => setOpen(null);
  return (
    <div className={actions}>
      <Button
        leftSection={<PenLine size={14} aria-hidden="true" />}
        onClick={() => {
          change.reset();
          setOpen("change");
        }}
      >
        {t("telling.change.action")}
      </Button>
      <Button leftSection={<KeyRound size={14} aria-hidden="true" />} onClick={() => setOpen("rotate")}>
        {t("telling.rotate.action")}
      </Button>
      <Button leftSection={<History size={14} aria-hidden="true" />} onClick={() => setOpen("again")}>
        {t("telling.again.action")}
      </Button>
      {endpoint.enabled && <TurnOff id={endpoint.id} />}
      <Button
        variant="danger"
        leftSection={<Trash2 size={14} aria-hidden="true" />}
        onClick={() => setOpen("delete")}
      >
        {t("common.delete")}
      </Button>
      <Suspense>
        {open === "change" && (
          <EndpointDialog
            title={t("telling.change.title", { name: endpointName(endpoint) })}
            confirm={t("common.save")}
            endpoint={endpoint}
            pending={change.isPending}
            error={change.error}
            onClose={close}
            onSave={(asked) =>
              change.mutate(asked, {
                onSuccess: () => {
                  close();
                  toastDone(t("telling.change.done"));
                },
              })
            }
          />
        )}
        {open === "rotate" && (
          <RotateDialog
            endpoint={endpoint}
            onClose={close}
            onRotated={(rotated) => {
              close();
              setSecret(rotated);
            }}
          />
        )}
        {open === "again" && <SendAgainDialog endpoint={endpoint} onClose={close} />}
        {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      </Suspense>
      <Delete endpoint={endpoint} opened={open === "delete"} onClose={close} />
    </div>
  );
}

function TurnOff({ id }: { id: string }) {
  const { t } = useTranslation();
  const change = useChangeEndpoint(id);
  return (
    <Button
      leftSection={<PowerOff size={14} aria-hidden="true" />}
      loading={change.isPending}
      onClick={() =>
        change.mutate(
          { enabled: false },
          {
            onSuccess: () =>
              toastUndo(
                t("telling.off.done"),
                () => change.mutateAsync({ enabled: true }),
                t("telling.on.done"),
              ),
            onError: (error) => toastFailed(error),
          },
        )
      }
    >
      {t("telling.off.action")}
    </Button>
  );
}

interface DeleteProps {
  endpoint: WebhookEndpoint;
  opened: boolean;
  onClose: () => void;
}

/** Asks first, and says what is lost with it. */
function Delete({ endpoint, opened, onClose }: DeleteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useDeleteEndpoint(endpoint.id);
  const name = endpointName(endpoint);
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t("telling.delete.title", { name })}
      confirm={t("common.delete")}
      destructive
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toastDone(t("telling.delete.done", { name }));
            void navigate({ to: "/webhooks/outgoing" });
          },
          onError: (error) => toastFailed(error),
        })
      }
    >
      {t("telling.delete.detail", { url: endpoint.url })}
      {endpoint.waiting > 0 && ` ${t("telling.delete.waiting", { count: endpoint.waiting })}`}
    </ConfirmDialog>
  );
}
