import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "@/ui/Ago";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, RowName, Rows, RowWords } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { suppressionsQuery, useReleaseAddress } from "./queries";

/** Addresses to which less or nothing is sent, until an administrator says otherwise. */
export function LeftAlone() {
  const { t } = useTranslation();
  const { data: addresses, error, refetch } = useQuery(suppressionsQuery);
  const release = useReleaseAddress();
  if (error && !addresses) return <FailedState error={error} onRetry={() => void refetch()} />;
  if (!addresses || addresses.length === 0) return null;
  return (
    <Section title={t("mail.leftAlone.title")} detail={t("mail.leftAlone.detail")}>
      <Rows inner label={t("mail.leftAlone.title")}>
        {addresses.map(({ address, refusal, reason, at }) => (
          <Row key={address}>
            <RowWords>
              <RowName>{address}</RowName>
              <Quiet>
                {t(refusal === "bounced" ? "mail.leftAlone.bounced" : "mail.leftAlone.unwanted")} {reason}
              </Quiet>
            </RowWords>
            <Quiet>
              <Ago at={at} />
            </Quiet>
            <Button
              loading={release.isPending && release.variables === address}
              aria-label={t("mail.leftAlone.releaseNamed", { address })}
              onClick={() =>
                release.mutate(address, {
                  onSuccess: () => toastDone(t("mail.leftAlone.released", { address })),
                  onError: (error) => toastFailed(error),
                })
              }
            >
              {t("mail.leftAlone.release")}
            </Button>
          </Row>
        ))}
      </Rows>
    </Section>
  );
}
