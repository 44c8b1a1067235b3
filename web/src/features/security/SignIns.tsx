import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LinkedSignIn } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, RowName, Rows, RowWords, rowIcon } from "@/ui/Rows";
import { actions, Section } from "@/ui/Section";
import { toastDone } from "@/ui/toast";
import { ProofDialog } from "./ProofDialog";
import { signInsQuery } from "./queries";
import { useLinkSignIn, useUnlinkSignIn } from "./way-queries";

interface SignInsProps {
  /** The provider that is set up. */
  provider: string | undefined;
  hasPassword: boolean;
}

/** Accounts at other providers that open this one. Nothing is shown where there are none and could be none. */
export function SignIns({ provider, hasPassword }: SignInsProps) {
  const { t } = useTranslation();
  const { data: linked, error, refetch } = useQuery(signInsQuery);
  const [linking, setLinking] = useState(false);
  const isLinked = linked?.some(({ name }) => name === provider) ?? false;
  if (!provider && !linked?.length) return null;
  return (
    <Section
      title={t("security.signIns.title")}
      detail={provider && t("security.signIns.detail", { name: provider })}
    >
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !linked ? (
        <div aria-busy="true">
          <Skeleton height={60} radius={8} />
        </div>
      ) : (
        <>
          {linked.length > 0 && (
            <Rows inner label={t("security.signIns.title")}>
              {linked.map((one) => (
                <SignInRow key={one.issuer} signIn={one} hasPassword={hasPassword} />
              ))}
            </Rows>
          )}
          {provider && !isLinked && (
            <div className={actions}>
              <Button onClick={() => setLinking(true)}>
                {t("security.signIns.link", { name: provider })}
              </Button>
            </div>
          )}
        </>
      )}
      {linking && provider && (
        <LinkDialog provider={provider} hasPassword={hasPassword} onClose={() => setLinking(false)} />
      )}
    </Section>
  );
}

interface RowProps {
  signIn: LinkedSignIn;
  hasPassword: boolean;
}

function SignInRow({ signIn, hasPassword }: RowProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const name = signIn.name ?? signIn.issuer;
  return (
    <Row tight>
      <Link2 size={18} aria-hidden="true" className={rowIcon} />
      <RowWords>
        <RowName>{name}</RowName>
        <Quiet>
          {signIn.email && `${signIn.email} · `}
          {signIn.name
            ? `${t("security.signIns.linked")} ${dateAndTime(signIn.created_at)}`
            : t("security.signIns.gone")}
        </Quiet>
      </RowWords>
      <Button
        size="xs"
        variant="danger"
        aria-label={t("security.signIns.unlinkNamed", { name })}
        onClick={() => setAsking(true)}
      >
        {t("security.signIns.unlink")}
      </Button>
      {asking && (
        <UnlinkDialog
          issuer={signIn.issuer}
          name={name}
          hasPassword={hasPassword}
          onClose={() => setAsking(false)}
        />
      )}
    </Row>
  );
}

interface LinkDialogProps {
  provider: string;
  hasPassword: boolean;
  onClose: () => void;
}

function LinkDialog({ provider, hasPassword, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const link = useLinkSignIn();
  return (
    <ProofDialog
      title={t("security.signIns.link", { name: provider })}
      confirm={t("security.signIns.link", { name: provider })}
      hasPassword={hasPassword}
      pending={link.isPending || link.isSuccess}
      error={link.error}
      onClose={onClose}
      onConfirm={(password) => link.mutate(password)}
    >
      <p>{t("security.signIns.linkDetail", { name: provider })}</p>
    </ProofDialog>
  );
}

interface UnlinkDialogProps {
  issuer: string;
  name: string;
  hasPassword: boolean;
  onClose: () => void;
}

function UnlinkDialog({ issuer, name, hasPassword, onClose }: UnlinkDialogProps) {
  const { t } = useTranslation();
  const unlink = useUnlinkSignIn(issuer);
  return (
    <ProofDialog
      title={t("security.signIns.askUnlink", { name })}
      confirm={t("security.signIns.unlink")}
      destructive
      hasPassword={hasPassword}
      pending={unlink.isPending}
      error={unlink.error}
      onClose={onClose}
      onConfirm={(password) =>
        unlink.mutate(password, {
          onSuccess: () => {
            toastDone(t("security.signIns.unlinked", { name }));
            onClose();
          },
        })
      }
    >
      <p>{t("security.signIns.unlinkDetail")}</p>
    </ProofDialog>
  );
}
