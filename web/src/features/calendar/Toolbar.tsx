import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { ChevronLeft, ChevronRight, PenLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ButtonLink } from "@/ui/links";
import { PageHeader } from "@/ui/PageHeader";
import { VIEWS, type View } from "./days";
import { Filters } from "./Filters";
import type { CalendarSearch } from "./search";
import classes from "./Toolbar.module.css";

interface ToolbarProps {
  view: View;
  /** What the view shows, in words. */
  range: string;
  search: CalendarSearch;
  narrow: boolean;
  onSearch: (change: Partial<CalendarSearch>) => void;
  onStep: (by: 1 | -1) => void;
  onToday: () => void;
  /** A step is likely to follow: what it shows may be fetched. */
  onNear: (by: 1 | -1) => void;
}

/** The strip above the calendar: when, what, how; in two rows where one is too short, in four on a telephone. */
export function Toolbar(props: ToolbarProps) {
  const { view, range, search, narrow, onSearch, onStep, onToday, onNear } = props;
  const { t } = useTranslation();
  const short = useMediaQuery("(max-width: 1535px)", false, { getInitialValueInEffect: false }) ?? false;
  const compose = (
    <ButtonLink
      variant="filled"
      to="/compose/{-$postId}"
      search={{}}
      leftSection={<PenLine size={15} aria-hidden="true" />}
    >
      {t("calendar.compose")}
    </ButtonLink>
  );
  const when = (
    <div className={classes.when}>
      <ActionIcon
        aria-label={t(`calendar.previous.${view}`)}
        onClick={() => onStep(-1)}
        onPointerEnter={() => onNear(-1)}
        onFocus={() => onNear(-1)}
      >
        <ChevronLeft size={18} aria-hidden="true" />
      </ActionIcon>
      <Button onClick={onToday}>{t("calendar.today")}</Button>
      <ActionIcon
        aria-label={t(`calendar.next.${view}`)}
        onClick={() => onStep(1)}
        onPointerEnter={() => onNear(1)}
        onFocus={() => onNear(1)}
      >
        <ChevronRight size={18} aria-hidden="true" />
      </ActionIcon>
      <h2 className={classes.range}>{range}</h2>
    </div>
  );
  const views = (
    <SegmentedControl
      aria-label={t("calendar.view.label")}
      value={view}
      onChange={(chosen) => onSearch({ view: chosen as View })}
      data={VIEWS.filter((each) => each !== "week" || !narrow).map((value) => ({
        value,
        label: t(`calendar.view.${value}`),
      }))}
    />
  );
  const filters = <Filters filters={search} onChange={onSearch} />;

  if (narrow)
    return (
      <PageHeader title={t("calendar.title")} action={compose}>
        <div className={classes.rows}>
          {when}
          {views}
          <div className={classes.filters}>{filters}</div>
        </div>
      </PageHeader>
    );
  if (short)
    return (
      <>
        <PageHeader title={t("calendar.title")} action={compose}>
          {when}
        </PageHeader>
        <div className={classes.strip}>
          {views}
          <div className={classes.filters}>{filters}</div>
        </div>
      </>
    );
  return (
    <PageHeader
      title={t("calendar.title")}
      action={
        <>
          {filters}
          {views}
          {compose}
        </>
      }
    >
      {when}
    </PageHeader>
  );
}
