import { Button } from "@mantine/core";
import { ArrowDownToLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Channel, TextEntity } from "@/api/model";
import { toastUndo } from "@/ui/toast";
import type { Draft } from "../draft";
import { linksToMove, withLinksBelow, withVariant } from "../link-below";
import classes from "./LinkBelow.module.css";

interface LinkBelowProps {
  draft: Draft;
  channel: Channel;
  text: string;
  ranges: TextEntity[];
  onChange: (change: (now: Draft) => Draft) => void;
}

/** Offers to write the text's links below the post instead, for this channel alone. */
export function LinkBelow({ draft, channel, text, ranges, onChange }: LinkBelowProps) {
  const { t } = useTranslation();
  const count = linksToMove(channel, text, ranges).length;
  if (count === 0) return null;
  const { id, name } = channel;
  const move = () => {
    const before = draft.variants[id];
    onChange((now) => withLinksBelow(now, channel, ranges));
    toastUndo(t("editor.linkBelow.done", { count, name }), () =>
      onChange((now) => withVariant(now, id, before)),
    );
  };
  return (
    <div className={classes.offer}>
      <p>{t("editor.linkBelow.offer", { count, name })}</p>
      <Button size="xs" leftSection={<ArrowDownToLine size={13} aria-hidden="true" />} onClick={move}>
        {t("editor.linkBelow.move", { count })}
      </Button>
    </div>
  );
}
