import { useMediaQuery } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Outlet, useRouter } from "@tanstack/react-router";
import {
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useId,
  useMemo,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { CalendarEntry } from "@/api/model";
import { useShortcuts } from "@/features/frame/shortcuts/use-shortcuts";
import { browserZone, firstDayOfWeek } from "@/i18n/format";
import { FailedState } from "@/ui/FailedState";
import { toWallClock } from "@/ui/time/wall-clock";
import classes from "./CalendarPage.module.css";
import { type Day, dayStarts, daysOf, stepped, VIEWS, type View } from "./days";
import type { Desk } from "./desk";
import { EmptyCalendar } from "./EmptyCalendar";
import { entryOfStop } from "./EntryLink";
import { useEntrySentence, useEntryTitle } from "./entry-words";
import { loadListView } from "./load-list-view";
import { MonthGrid } from "./MonthGrid";
import { MovingNote } from "./MovingNote";
import { place } from "./placing";
import { calendarQuery } from "./queries";
import { type CalendarSearch, isFiltered } from "./search";
import { TimeGrid } from "./TimeGrid";
import { Toolbar } from "./Toolbar";
import { useMove } from "./use-move";
import { useMoving } from "./use-moving";
import { useNow } from "./use-now";
import { stopAt } from "./use-roving";
import type { ViewProps } from "./view-props";
import { rangeName } from "./words";

const ListView = lazy(async () => ({ default: (await loadListView()).ListView }));

const route = getRouteApi("/frame/calendar");

const NONE: CalendarEntry[] = [];
const FACES: Record<View, React.ComponentType<ViewProps>> = {
  month: MonthGrid,
  week: TimeGrid,
  day: TimeGrid,
  list: ListView,
};

/** What went out and what will, in time. */
export function CalendarPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const helpId = useId();
  const narrow = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false }) ?? false;
  const [said, announce] = useState("");
  const now = useNow();

  const zone = browserZone();
  const today = toWallClock(now, zone).date;
  const view = shownView(search.view, narrow);
  const day = search.date ?? today;
  const days = useMemo(() => daysOf(view, day, firstDayOfWeek()), [view, day]);
  const posts = useQuery(
    calendarQuery(
      useMemo(() => rangeOf(days, zone), [days, zone]),
      search,
    ),
  );
  const loading = posts.isPending || posts.isPlaceholderData;

  const go = useCallback(
    (change: Partial<CalendarSearch>, replace = false) =>
      void navigate({ to: "/calendar", search: { ...search, ...change }, replace }),
    [navigate, search],
  );
  const goTo = (date: Day) => go({ date: date === today ? undefined : date });
  const near = (by: 1 | -1) => {
    const range = rangeOf(daysOf(view, stepped(view, day, by), firstDayOfWeek()), zone);
    void queryClient.prefetchQuery({ ...calendarQuery(range, search), staleTime: 20_000 });
  };

  const move = useMove(zone, announce);
  const show = (date: Day) => {
    if (!days.includes(date)) go({ date }, true);
  };
  const steering = useMoving({ view, zone, move, announce, show });
  const { moving } = steering;
  const placed = useMemo(() => {
    const entries = posts.data ?? NONE;
    if (!moving) return place(entries, days, zone);
    const others = entries.filter(({ id }) => id !== moving.entry.id);
    return place([...others, { ...moving.entry, at: moving.at.toISOString() }], days, zone);
  }, [posts.data, days, zone, moving]);
  const desk = useDesk(search, zone, today, steering.send);

  const beginAtFocus = () => {
    const id = entryOfStop(document.activeElement ? stopAt(document.activeElement) : null);
    const entry = posts.data?.find((each) => each.id === id);
    if (entry && (!moving || moving.sent)) steering.begin(entry);
  };
  useShortcuts([
    { keys: "t", words: t("calendar.shortcuts.today"), run: () => goTo(today) },
    { keys: "j", words: t("calendar.shortcuts.next"), run: () => goTo(stepped(view, day, 1)) },
    { keys: "k", words: t("calendar.shortcuts.previous"), run: () => goTo(stepped(view, day, -1)) },
    ...VIEWS.map((each) => ({
      keys: `v ${each[0]}`,
      words: t(`calendar.shortcuts.view.${each}`),
      run: () => go({ view: each }),
    })),
    { keys: "m", words: t("calendar.shortcuts.move"), run: beginAtFocus },
  ]);

  const View = FACES[view];
  const isEmpty = !loading && ![...placed.values()].some((each) => each.length > 0);
  return (
    <div className={classes.page} onPointerDown={steering.cancel}>
      <Toolbar
        view={view}
        range={rangeName(view, days, day, today)}
        search={search}
        narrow={narrow}
        onSearch={go}
        onStep={(by) => goTo(stepped(view, day, by))}
        onToday={() => goTo(today)}
        onNear={near}
      />
      <p id={helpId} className={classes.hidden}>
        {t("calendar.keys")}
      </p>
      {posts.error && !posts.data ? (
        <FailedState error={posts.error} onRetry={() => void posts.refetch()} />
      ) : (
        <section
          className={classes.body}
          aria-label={rangeName(view, days, day, today)}
          aria-describedby={helpId}
          onClickCapture={(event) => openInPlace(event, desk.open)}
        >
          {!(isEmpty && view === "list") && (
            <Suspense>
              <View
                key={view}
                days={days}
                placed={placed}
                desk={desk}
                now={now}
                loading={loading}
                moving={moving}
                narrow={narrow}
                onKeyDown={(event: KeyboardEvent, entries) =>
                  steering.onKeyDown(event, entries.get(entryOfStop(stopAt(event.target)) ?? ""))
                }
              />
            </Suspense>
          )}
          <EmptyCalendar
            key={String(isFiltered(search))}
            shown={isEmpty}
            search={search}
            floating={view !== "list"}
          />
          {moving && !moving.sent && <MovingNote moving={moving} desk={desk} keys={steering.keys} />}
        </section>
      )}
      <p className={classes.hidden} aria-live="assertive">
        {said}
      </p>
      <Outlet />
    </div>
  );
}

/** A week is too wide for a telephone, which begins with the list. */
function shownView(wanted: View | undefined, narrow: boolean): View {
  if (!narrow) return wanted ?? "week";
  return wanted === undefined ? "list" : wanted === "week" ? "day" : wanted;
}

function rangeOf(days: Day[], zone: string) {
  const starts = dayStarts(days, zone);
  const iso = (at: number | undefined) => new Date(at ?? 0).toISOString();
  return { from: iso(starts[0]), to: iso(starts.at(-1)) };
}

/** What the views need of this page; made anew only when the address changes. */
function useDesk(search: CalendarSearch, zone: string, today: Day, move: Desk["move"]): Desk {
  const router = useRouter();
  const navigate = route.useNavigate();
  const titleOf = useEntryTitle();
  const sentenceOf = useEntrySentence(zone);
  return useMemo(() => {
    const query = router.buildLocation({ to: "/calendar", search }).searchStr;
    const dayOf = (day: Day) => ({ ...search, view: "day" as const, date: day });
    return {
      zone,
      today,
      titleOf,
      sentenceOf,
      move,
      hrefOf: ({ id }) => `/calendar/${id}${query}`,
      hrefOfDay: (day) => router.buildLocation({ to: "/calendar", search: dayOf(day) }).href,
      open: (postId) => void navigate({ to: "/calendar/$postId", params: { postId }, search }),
      openDay: (day) => void navigate({ to: "/calendar", search: dayOf(day) }),
      composeAt: (at) => void navigate({ to: "/compose/{-$postId}", search: { at: at.toISOString() } }),
    };
  }, [router, navigate, search, zone, today, titleOf, sentenceOf, move]);
}

/** Opens a post without leaving the page, unless a new tab or a download is asked for. */
function openInPlace(event: MouseEvent, open: (id: string) => void): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-entry]") : null;
  if (!link?.dataset.entry) return;
  event.preventDefault();
  open(link.dataset.entry);
}
