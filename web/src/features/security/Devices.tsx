import { Button, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Device } from "@/api/model";
import { dateAndTime } from "@/i18n/format";
import { Ago } from "@/ui/Ago";
import { Badge } from "@/ui/Badge";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { FailedState } from "@/ui/FailedState";
import { Quiet, Row, RowName, Rows, RowWords, rowIcon } from "@/ui/Rows";
import { Section } from "@/ui/Section";
import { toastDone, toastFailed } from "@/ui/toast";
import { devicesQuery, useEndDevice, useEndOthers } from "./queries";

/** Everywhere one is logged in, and the way to end each of these. */
export function Devices() {
  const { t } = useTranslation();
  const { data: devices, error, refetch } = useQuery(devicesQuery);
  const [asking, setAsking] = useState(false);
  const endOthers = useEndOthers();
  return (
    <Section title={t("security.devices.title")} detail={t("security.devices.detail")}>
      {error ? (
        <FailedState error={error} onRetry={() => void refetch()} />
      ) : !devices ? (
        <div aria-busy="true">
          <Skeleton height={120} radius={8} />
        </div>
      ) : (
        <>
          <Rows inner>
            {devices.map((device) => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </Rows>
          {devices.length > 1 && (
            <div>
              <Button variant="danger" onClick={() => setAsking(true)}>
                {t("security.devices.endOthers")}
              </Button>
            </div>
          )}
        </>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("security.devices.askOthers")}
        confirm={t("security.devices.endOthers")}
        destructive
        pending={endOthers.isPending}
        onConfirm={() =>
          endOthers.mutate(undefined, {
            onSuccess: ({ ended }) => toastDone(t("security.devices.endedOthers", { count: ended })),
            onError: (failure) => toastFailed(failure),
            onSettled: () => setAsking(false),
          })
        }
      >
        <p>{t("security.devices.askOthersDetail")}</p>
      </ConfirmDialog>
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { t } = useTranslation();
  const end = useEndDevice();
  const { id, kind, ip, is_current, created_at, last_used_at, expires_at } = device;
  const name = device.name || t("security.devices.unknown");
  const Icon = kind === "device" ? Smartphone : Monitor;
  return (
    <Row tight>
      <Icon size={18} aria-hidden="true" className={rowIcon} />
      <RowWords>
        <RowName>
          {name}
          {is_current && <Badge tone="accent">{t("security.devices.this")}</Badge>}
        </RowName>
        <Quiet>
          {ip && `${ip} · `}
          {t("security.devices.used")} <Ago at={last_used_at} />
        </Quiet>
        <Quiet>
          {t("security.devices.lasts", { from: dateAndTime(created_at), to: dateAndTime(expires_at) })}
        </Quiet>
      </RowWords>
      {!is_current && (
        <Button
          size="xs"
          loading={end.isPending}
          aria-label={t("security.devices.endNamed", { name })}
          onClick={() =>
            end.mutate(id, {
              onSuccess: () => toastDone(t("security.devices.ended", { name })),
              onError: (error) => toastFailed(error),
            })
          }
        >
          {t("security.devices.end")}
        </Button>
      )}
    </Row>
  );
}
