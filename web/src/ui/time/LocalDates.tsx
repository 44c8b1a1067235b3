import "@mantine/dates/styles.layer.css";
import { DatesProvider } from "@mantine/dates";
import "dayjs/locale/es";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { firstDayOfWeek } from "@/i18n/format";

/** Gives date pickers the names of months and days of the language, and the week's first day. Each language's import stands here. */
export function LocalDates({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const first = firstDayOfWeek();
  return (
    <DatesProvider
      settings={{ locale: i18n.language, firstDayOfWeek: first, weekendDays: [0, 6], consistentWeeks: false }}
    >
      {children}
    </DatesProvider>
  );
}
