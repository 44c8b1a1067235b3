import { Drawer, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { channelsQuery } from "@/features/connections/queries";
import { FailedState } from "@/ui/FailedState";
import { useReturnFocus } from "@/ui/use-return-focus";
import { begin } from "./begin";
import { Editor } from "./Editor";
import { LeaveDialog } from "./LeaveDialog";
import classes from "./QuickComposer.module.css";
import { closeQuickComposer } from "./quick-composer";
import type { Waiting } from "./use-tray";

/** A new post in a drawer over any page. It saves itself like every draft, and goes on in the full page where more room is wanted. */
export default function QuickComposer() {
  const { t } = useTranslation();
  useReturnFocus();
  const channels = useQuery(channelsQuery);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const openedOn = useRef(path);
  useEffect(() => {
    // Whoever goes elsewhere is done here.
    if (path !== openedOn.current) closeQuickComposer();
  }, [path]);

  const atRisk = useRef<Waiting>(null);
  const [asking, setAsking] = useState(false);
  const [waiting, setWaiting] = useState<Waiting>(null);
  const [drawer] = useState(() => ({
    onClose: () => {
      if (!atRisk.current) return closeQuickComposer();
      setWaiting(atRisk.current);
      setAsking(true);
    },
    onRisk: (risk: Waiting) => {
      atRisk.current = risk;
    },
  }));
  // Escape closes what is open over the drawer, and only then the drawer. By itself it would take both away at once.
  const onKeyDown = ({ key, target, currentTarget, nativeEvent }: KeyboardEvent<HTMLElement>) => {
    if (key !== "Escape" || nativeEvent.isComposing) return;
    const isHere = target instanceof Element && currentTarget.contains(target);
    // An opened list of choices says so at its field.
    if (isHere && target.getAttribute("data-mantine-stop-propagation") !== "true") drawer.onClose();
  };

  return (
    <Drawer.Root
      opened
      onClose={drawer.onClose}
      closeOnEscape={false}
      position="right"
      size={760}
      padding={0}
      onKeyDown={onKeyDown}
    >
      <Drawer.Overlay />
      <Drawer.Content aria-label={t("composer.newTitle")}>
        <Drawer.Body className={classes.body}>
          {channels.error ? (
            <FailedState error={channels.error} onRetry={() => void channels.refetch()} />
          ) : channels.data ? (
            <Editor
              post={null}
              initial={begin(channels.data)}
              channels={channels.data}
              onCreated={() => undefined}
              drawer={drawer}
            />
          ) : (
            <div className={classes.loading} aria-busy="true">
              <Skeleton height={32} width="60%" radius={16} />
              <Skeleton height={260} radius={12} />
            </div>
          )}
        </Drawer.Body>
        <LeaveDialog
          opened={asking}
          waiting={waiting}
          onStay={() => setAsking(false)}
          onLeave={closeQuickComposer}
        />
      </Drawer.Content>
    </Drawer.Root>
  );
}
