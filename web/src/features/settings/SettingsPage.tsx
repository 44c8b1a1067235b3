import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { PageHeader } from "@/ui/PageHeader";
import classes from "./Settings.module.css";
import { SettingsTabs } from "./SettingsTabs";

interface SettingsPageProps {
  title: string;
  hint: string;
  action?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** What every page of settings looks like. */
export function SettingsPage({ title, hint, action, wide = false, children }: SettingsPageProps) {
  return (
    <>
      <PageHeader title={title} hint={hint} action={action} />
      <SettingsTabs />
      <div className={wide ? `${classes.page} ${classes.wide}` : classes.page}>{children}</div>
    </>
  );
}

/** In place of sections that are still being loaded. */
export function ComingSections() {
  return (
    <div aria-busy="true" className={classes.coming}>
      <Skeleton height={140} radius={12} />
      <Skeleton height={180} radius={12} />
      <Skeleton height={120} radius={12} />
    </div>
  );
}
