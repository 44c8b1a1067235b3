import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/error";
import type { Connection } from "@/api/model";
import { useSession } from "@/features/account/session";
import { manages } from "@/features/members/roles";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { needsReconnecting } from "./reconnecting";
import classes from "./TakeFilesDialog.module.css";

interface UnreadableProps {
  error: unknown;
  account: Connection;
  onRetry: () => void;
}

/** The account's files did not come: why, another try, and the way to connect it again where that is what helps. */
export function Unreadable({ error, account, onRetry }: UnreadableProps) {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const { name } = account;
  const helps = error instanceof ApiError && needsReconnecting(error.code);
  return (
    <div className={classes.unreadable}>
      <FailedState error={error} onRetry={onRetry} />
      {helps &&
        (manages(workspace.role) ? (
          <ButtonLink
            variant="filled"
            to="/connections/$connectionId"
            params={{ connectionId: account.id }}
            search={{}}
          >
            {t("adding.from.reconnect", { name })}
          </ButtonLink>
        ) : (
          <p>{t("adding.from.reconnectAsk", { name })}</p>
        ))}
    </div>
  );
}
