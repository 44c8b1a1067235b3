import { Button, Skeleton, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { CircleCheck, Plus } from "lucide-react";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Platform } from "@/api/model";
import { useRenameWorkspace, useSession } from "@/features/account/session";
import { ConsentRefusal } from "@/features/connections/ConsentRefusal";
import { hasOnlyFiles } from "@/features/connections/purposes";
import { connectionsQuery, platformsQuery } from "@/features/connections/queries";
import { useConnect } from "@/features/connections/use-connect";
import { codeText, errorLine } from "@/i18n/error-text";
import { FailedState } from "@/ui/FailedState";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { PlatformTile } from "@/ui/PlatformTile";
import { toastFailed } from "@/ui/toast";
import { FirstPost } from "./FirstPost";
import { canPost, type SetupProgress, type Step, useSetupProgress } from "./progress";
import { useRememberFirstRun } from "./queries";
import classes from "./SetupPage.module.css";
import { SetupSteps } from "./SetupSteps";
import { StepHeading } from "./StepHeading";

const ConnectedPanel = lazy(async () => ({
  default: (await import("@/features/connections/ConnectedPanel")).ConnectedPanel,
}));

const PlatformGuide = lazy(async () => ({
  default: (await import("@/features/connections/PlatformGuide")).PlatformGuide,
}));

const route = getRouteApi("/frame/setup");

/** The first run, one step at a time; it may be left and taken up again. */
export function SetupPage() {
  const { t } = useTranslation();
  const { step: asked } = route.useSearch();
  const { progress, error, retry } = useSetupProgress();
  const step = asked ?? progress?.next ?? (progress?.postId ? "post" : null);
  return (
    <>
      <PageHeader
        title={t("setup.title")}
        action={
          <ButtonLink variant="subtle" to="/">
            {t("setup.skip")}
          </ButtonLink>
        }
      />
      <div className={classes.page}>
        {error ? (
          <FailedState error={error} onRetry={retry} />
        ) : !progress ? (
          <Skeleton height={280} radius={12} />
        ) : (
          <>
            <SetupSteps current={step} done={progress.done} />
            <StepContent step={step} progress={progress} />
          </>
        )}
      </div>
    </>
  );
}

function StepContent({ step, progress }: { step: Step | null; progress: SetupProgress }) {
  if (step === "workspace" || step === "account") return <NameWorkspace />;
  if (step === "connect") return <ConnectFirst />;
  if (step === "post") return <FirstPost postId={progress.postId} />;
  return <AllSet />;
}

function NameWorkspace() {
  const { t } = useTranslation();
  const { workspace } = useSession();
  const navigate = route.useNavigate();
  const rename = useRenameWorkspace(workspace.id);
  const remember = useRememberFirstRun();
  const [name, setName] = useState(workspace.name);
  const [empty, setEmpty] = useState(false);

  const goOn = () =>
    remember.mutate(
      { workspace_named: true },
      {
        onSuccess: () => void navigate({ search: { step: "connect" } }),
        onError: (error) => toastFailed(error),
      },
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    setEmpty(wanted === "");
    if (wanted === workspace.name) goOn();
    else if (wanted !== "") rename.mutate(wanted, { onSuccess: goOn });
  };

  return (
    <>
      <StepHeading title={t("setup.workspaceTitle")} detail={t("setup.workspaceDetail")} />
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          size="md"
          autoFocus
          label={t("setup.workspaceName")}
          placeholder={t("setup.workspacePlaceholder")}
          value={name}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setName(event.currentTarget.value)}
          error={empty ? codeText("required") : rename.error && errorLine(rename.error)}
        />
        <Button type="submit" variant="filled" size="md" loading={rename.isPending || remember.isPending}>
          {t("setup.continue")}
        </Button>
      </form>
    </>
  );
}

function ConnectFirst() {
  const { t } = useTranslation();
  const { status } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const platforms = useQuery(platformsQuery);
  const connections = useQuery(connectionsQuery);
  const flow = useConnect({
    returnTo: "/setup?step=connect",
    onConnected: (connected) => void navigate({ search: { step: "connect", connected } }),
  });
  const [guided, setGuided] = useState<Platform | null>(null);
  const count = connections.data?.filter(canPost).length ?? 0;

  return (
    <>
      <StepHeading
        title={t("setup.connectTitle")}
        detail={t(status.sandbox ? "setup.connectDetailSandbox" : "setup.connectDetail")}
      />
      <ConsentRefusal answer={search} platforms={platforms.data ?? []} />
      {platforms.error ? (
        <FailedState error={platforms.error} onRetry={() => void platforms.refetch()} />
      ) : !platforms.data ? (
        <Skeleton height={280} radius={12} />
      ) : (
        <div className={classes.grid}>
          {placesToPost(platforms.data).map((platform) => (
            <PlatformChoice
              key={platform.id}
              platform={platform}
              connected={
                connections.data?.some(
                  (each) => each.platform === platform.id && each.status !== "disconnected",
                ) ?? false
              }
              leaving={flow.leavingFor === platform.id}
              onConnect={() => flow.connect(platform)}
              onGuide={() => setGuided(platform)}
            />
          ))}
        </div>
      )}
      {count > 0 && (
        <div className={classes.onward}>
          <p className={classes.fine}>
            <CircleCheck size={16} aria-hidden="true" />
            {t("setup.connected", { count })}
          </p>
          <ButtonLink size="md" variant="filled" to="/setup" search={{ step: "post" }}>
            {t("setup.continue")}
          </ButtonLink>
        </div>
      )}
      {flow.dialog}
      {guided && (
        <Suspense>
          <PlatformGuide platform={guided} onClose={() => setGuided(null)} />
        </Suspense>
      )}
      {search.connected && (
        <Suspense>
          <ConnectedPanel
            connectionId={search.connected}
            onClose={() => void navigate({ search: { step: "connect" }, replace: true })}
          />
        </Suspense>
      )}
    </>
  );
}

/** Where a first post can go. What works at once, with two clicks, comes first. */
const placesToPost = (platforms: Platform[]) =>
  platforms
    .filter((platform) => !hasOnlyFiles(platform))
    .toSorted((a, b) => Number(b.sandbox) - Number(a.sandbox));

interface PlatformChoiceProps {
  platform: Platform;
  connected: boolean;
  leaving: boolean;
  onConnect: () => void;
  /** How the platform is set up for real accounts. */
  onGuide: () => void;
}

function PlatformChoice({ platform, connected, leaving, onConnect, onGuide }: PlatformChoiceProps) {
  const { t } = useTranslation();
  const name = platform.sandbox ? t("setup.pretendName", { name: platform.name }) : platform.name;
  const words = connected
    ? "setup.connectedAnother"
    : platform.sandbox
      ? "setup.connectPretend"
      : "setup.connect";
  return (
    <section className={classes.choice} aria-label={name}>
      <PlatformTile platform={platform.id} size={36} />
      <div>
        <h3>{name}</h3>
        <p>{platform.sandbox ? t("setup.pretendDetail") : platform.summary}</p>
        <div className={classes.ways}>
          {platform.configured && (
            <Button
              variant={platform.sandbox && !connected ? "filled" : "default"}
              leftSection={connected && <Plus size={14} aria-hidden="true" />}
              loading={leaving}
              onClick={onConnect}
              aria-label={`${t(words)}: ${platform.name}`}
            >
              {t(words)}
            </Button>
          )}
          {platform.sandbox && platform.variables.length > 0 ? (
            <Button variant="subtle" onClick={onGuide}>
              {t("setup.ownApp", { name: platform.name })}
            </Button>
          ) : (
            !platform.configured && (
              <Button onClick={onGuide} aria-label={`${t("setup.seeConnections")}: ${platform.name}`}>
                {t("setup.seeConnections")}
              </Button>
            )
          )}
        </div>
      </div>
      {connected && (
        <CircleCheck size={18} className={classes.tick} role="img" aria-label={t("setup.steps.done")} />
      )}
    </section>
  );
}

function AllSet() {
  const { t } = useTranslation();
  return (
    <>
      <StepHeading title={t("setup.doneTitle")} detail={t("setup.doneDetail")} />
      <ButtonLink size="md" variant="filled" to="/">
        {t("setup.doneGo")}
      </ButtonLink>
    </>
  );
}
