import { Button, type ButtonProps } from "@mantine/core";
import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { Mail } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, body } from "@/api/client";
import { statusQuery } from "@/features/account/session";
import { toastDone, toastFailed } from "@/ui/toast";

/** Has the link sent again that confirms the address. */
export function ResendButton({ size }: Pick<ButtonProps, "size">) {
  const { t } = useTranslation();
  const { data: status } = useSuspenseQuery(statusQuery);
  const resend = useMutation({ mutationFn: () => body(api.POST("/api/auth/resend-verification")) });
  return (
    <Button
      size={size}
      leftSection={<Mail size={14} aria-hidden="true" />}
      loading={resend.isPending}
      onClick={() =>
        resend.mutate(undefined, {
          onSuccess: () => toastDone(t("links.unverified.resent", { email: status.user?.email ?? "" })),
          onError: (error) => toastFailed(error),
        })
      }
    >
      {t("links.unverified.resend")}
    </Button>
  );
}
