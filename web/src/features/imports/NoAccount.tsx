import { Plug } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { EmptyState } from "@/ui/EmptyState";
import { ButtonLink } from "@/ui/links";

/** Nothing can be taken yet: who may connect an account is led there, who may not is told whom to ask. */
export function NoAccount({ platforms }: { platforms: Platform[] }) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const [first, ...others] = platforms;
  const only = first && others.length === 0 ? first : null;
  const may = manages(workspace.role);
  return (
    <EmptyState
      icon={<Plug size={20} aria-hidden="true" />}
      title={only ? t("adding.from.noneTitle", { name: only.name }) : t("adding.from.noneAnywhereTitle")}
      detail={may ? t("adding.from.noneDetail") : t("adding.from.noneAsk")}
      action={
        may && (
          <ButtonLink variant="filled" to="/connections" search={{ for: "files" }}>
            {only ? t("adding.from.connect", { name: only.name }) : t("adding.from.connectAny")}
          </ButtonLink>
        )
      }
    />
  );
}
