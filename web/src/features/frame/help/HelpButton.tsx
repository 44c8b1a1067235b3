import { ActionIcon } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { CircleQuestionMark } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { withWords } from "@/i18n";
import { type HelpTopic, helpTopic } from "./topics";

const HelpPanel = lazy(async () => ({
  default: (await withWords(["help"], () => import("./HelpPanel"))).HelpPanel,
}));

/** Opens the help of the page it stands on. */
export function HelpButton() {
  const { t } = useTranslation();
  const topic = helpTopic(useLocation({ select: ({ pathname }) => pathname }));
  const [open, setOpen] = useState<HelpTopic | null>(null);
  if (!topic) return null;
  return (
    <>
      <ActionIcon
        data-tip={t("nav.help")}
        aria-label={t("nav.help")}
        aria-expanded={open === topic}
        onClick={() => setOpen(topic)}
      >
        <CircleQuestionMark size={17} aria-hidden="true" />
      </ActionIcon>
      {open === topic && (
        <Suspense>
          <HelpPanel topic={topic} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
