import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Passkey } from "@/api/model";
import { takesPasskeys, wasLetPass } from "@/features/account/passkeys";
import { saysMore } from "@/i18n/error-text";
import { dateAndTime } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import dialog from "@/ui/ConfirmDialog.module.css";
import { EmptyState } from "@/ui/EmptyState";
import { FailedState } from "@/ui/FailedState";
import { Dialog } from "@/ui/over/Dialog";
import { Refusal } from "@/ui/Refusal";
import { Quiet, quiet, Row, RowName, Rows, RowWords, rowIcon } from "@/ui/Rows";
import { actions, fields, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { needed, useTexts } from "@/ui/use-texts";
import { ProofDialog } from "./ProofDialog";
import { passkeysQuery } from "./queries";
import { useAddPasskey, useRemovePasskey, useRenamePasskey } from "./way-queries";

/** What one logs in with instead of the password. */
export function Passkeys({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation();
  const { data: passkeys, error, refetch } = useQuery(passkeysQuery);
  const [adding, setAdding] = useState(false);
  const add = takesPasskeys() ? (
    <Button onClick={() => setAdding(true)}>{t("security.passkeys.add")}</Button>
  ) : (
    <p className={quiet}>{t("security.passkeys.unable")}</p>
  );
  return (
    <Section title={t("security.passkeys.title")} detail={t("security.passkeys.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !passkeys ? (
        <div aria-busy="true">
          <Skeleton height={120} radius={8} />
        </div>
      ) : passkeys.length === 0 ? (
        <EmptyState
          icon={<KeyRound size={20} aria-hidden="true" />}
          title={t("security.passkeys.none")}
          detail={t("security.passkeys.noneDetail")}
          action={add}
        />
      ) : (
        <>
          <Rows inner label={t("security.passkeys.title")}>
            {passkeys.map((passkey) => (
              <PasskeyRow key={passkey.id} passkey={passkey} hasPassword={hasPassword} />
            ))}
          </Rows>
          <div className={actions}>{add}</div>
        </>
      )}
      {adding && <AddDialog hasPassword={hasPassword} onClose={() => setAdding(false)} />}
    </Section>
  );
}

interface RowProps {
  passkey: Passkey;
  hasPassword: boolean;
}

function PasskeyRow({ passkey, hasPassword }: RowProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"rename" | "remove" | null>(null);
  const close = () => setOpen(null);
  const { name, created_at, last_used_at } = passkey;
  return (
    <Row>
      <KeyRound size={18} aria-hidden="true" className={rowIcon} />
      <RowWords>
        <RowName>{name}</RowName>
        <Quiet>
          {t("security.passkeys.since", { at: dateAndTime(created_at) })} ·{" "}
          {last_used_at ? (
            <>
              {t("security.passkeys.used")} <Ago at={last_used_at} />
            </>
          ) : (
            t("security.passkeys.neverUsed")
          )}
        </Quiet>
      </RowWords>
      <Button
        size="xs"
        aria-label={t("security.passkeys.renameNamed", { name })}
        onClick={() => setOpen("rename")}
      >
        {t("security.passkeys.rename")}
      </Button>
      <Button
        size="xs"
        variant="danger"
        aria-label={t("security.passkeys.removeNamed", { name })}
        onClick={() => setOpen("remove")}
      >
        {t("security.passkeys.remove")}
      </Button>
      {open === "rename" && <RenameDialog passkey={passkey} onClose={close} />}
      {open === "remove" && <RemoveDialog passkey={passkey} hasPassword={hasPassword} onClose={close} />}
    </Row>
  );
}

function AddDialog({ hasPassword, onClose }: { hasPassword: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddPasskey();
  const [name, setName] = useState("");
  return (
    <ProofDialog
      title={t("security.passkeys.add")}
      confirm={t("security.passkeys.add")}
      hasPassword={hasPassword}
      pending={add.isPending}
      error={add.error}
      said={wasLetPass(add.error) ? t("security.passkeys.letPass") : undefined}
      onClose={onClose}
      onConfirm={(password) =>
        add.mutate(
          { name: name.trim(), password },
          {
            onSuccess: (made) => {
              toastDone(t("security.passkeys.added", { name: made.name }));
              onClose();
            },
          },
        )
      }
    >
      <p>{t("security.passkeys.addDetail")}</p>
      <TextInput
        data-autofocus
        autoComplete="off"
        maxLength={100}
        label={t("security.passkeys.name")}
        description={t("security.passkeys.nameHelp")}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ProofDialog>
  );
}

function RenameDialog({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useTranslation();
  const rename = useRenamePasskey(passkey.id);
  const { field, sends } = useTexts({ name: passkey.name }, { name: needed }, rename.error);
  return (
    <Dialog title={t("security.passkeys.renameNamed", { name: passkey.name })} size={440} onClose={onClose}>
      <form
        noValidate
        onSubmit={sends(({ name }) =>
          rename.mutate(name.trim(), {
            onSuccess: (renamed) => {
              toastDone(t("security.passkeys.renamed", { name: renamed.name }));
              onClose();
            },
          }),
        )}
      >
        <div className={fields}>
          {saysMore(rename.error, ["name"]) && <Refusal error={rename.error} />}
          <TextInput
            data-autofocus
            autoComplete="off"
            maxLength={100}
            label={t("security.passkeys.name")}
            {...field("name")}
          />
        </div>
        <div className={dialog.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="submit" variant="filled" loading={rename.isPending}>
            {t("security.passkeys.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ passkey, hasPassword, onClose }: RowProps & { onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemovePasskey(passkey.id);
  const { name } = passkey;
  return (
    <ProofDialog
      title={t("security.passkeys.askRemove", { name })}
      confirm={t("security.passkeys.remove")}
      destructive
      hasPassword={hasPassword}
      pending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={(password) =>
        remove.mutate(password, {
          onSuccess: () => {
            toastDone(t("security.passkeys.removed", { name }));
            onClose();
          },
        })
      }
    >
      <p>{t("security.passkeys.removeDetail")}</p>
    </ProofDialog>
  );
}
