import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Connection, ConnectMethod, Platform } from "@/api/model";
import { toastFailed } from "@/ui/toast";
import { useAuthUrl, useReconnect } from "./queries";

const ConnectDialog = lazy(async () => ({ default: (await import("./ConnectDialog")).ConnectDialog }));

interface ConnectFlow {
  /** Begins to connect; asks first when the platform wants to know something. */
  connect: (platform: Platform, kind?: ConnectMethod["kind"]) => void;
  /** Renews the grant of an account that is known already. */
  reconnect: (platform: Platform, connection: Connection) => void;
  /** The platform whose consent page is being asked for. */
  leavingFor: string | null;
  dialog: ReactNode;
}

/** Connecting from any page: by consent at the platform, or by what the person pastes. */
export function useConnect({
  returnTo,
  onConnected,
}: {
  returnTo: string;
  onConnected: (id: string) => void;
}): ConnectFlow {
  const [asking, setAsking] = useState<{ platform: Platform; method: ConnectMethod } | null>(null);
  const [leavingFor, setLeavingFor] = useState<string | null>(null);
  const authUrl = useAuthUrl();
  const renew = useReconnect();

  const leave = (platform: Platform, url: Promise<{ url: string }>) => {
    setLeavingFor(platform.id);
    url.then(
      (answer) => window.location.assign(answer.url),
      (error: unknown) => {
        setLeavingFor(null);
        toastFailed(error);
      },
    );
  };

  const connect: ConnectFlow["connect"] = (platform, kind) => {
    const method = platform.connect_methods.find((each) => !kind || each.kind === kind);
    if (!method) return;
    if (method.kind === "oauth" && method.fields.length === 0) {
      leave(platform, authUrl.mutateAsync({ platform: platform.id, fields: { return_to: returnTo } }));
    } else setAsking({ platform, method });
  };

  const reconnect: ConnectFlow["reconnect"] = (platform, connection) => {
    if (platform.connect === "token") connect(platform);
    else leave(platform, renew.mutateAsync({ connection, returnTo }));
  };

  const dialog = asking && (
    <Suspense>
      <ConnectDialog
        key={`${asking.platform.id} ${asking.method.kind}`}
        platform={asking.platform}
        method={asking.method}
        returnTo={returnTo}
        onClose={() => setAsking(null)}
        onConnected={(id) => {
          setAsking(null);
          onConnected(id);
        }}
      />
    </Suspense>
  );
  return { connect, reconnect, leavingFor, dialog };
}
