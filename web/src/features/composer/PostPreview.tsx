import { useTranslation } from "react-i18next";
import type { Channel } from "@/api/model";
import { Thumb } from "@/features/media/Thumb";
import { InitialsAvatar } from "@/ui/InitialsAvatar";
import { PlatformTile } from "@/ui/PlatformTile";
import { type Draft, isEmpty, textFor } from "./draft";
import classes from "./PostPreview.module.css";

/** The post as one channel will carry it, in plain form. */
export function PostPreview({ draft, channel }: { draft: Draft; channel: Channel | undefined }) {
  const { t } = useTranslation();
  return (
    <aside className={classes.side} aria-label={t("composer.preview.title")}>
      <h2 className={classes.title}>{t("composer.preview.title")}</h2>
      <div className={classes.card}>
        {channel && (
          <p className={classes.who}>
            <InitialsAvatar name={channel.name} size={36} />
            <span>
              {channel.name}
              <span className={classes.kind}>{channel.kind}</span>
            </span>
            <PlatformTile platform={channel.platform} size={20} />
          </p>
        )}
        {isEmpty(draft) ? (
          <p className={classes.empty}>{t("composer.preview.empty")}</p>
        ) : (
          <>
            <p className={classes.text}>{textFor(draft, channel?.id ?? null)}</p>
            {draft.media.length > 0 && (
              <div className={classes.media} data-count={Math.min(draft.media.length, 4)}>
                {draft.media.slice(0, 4).map((item, index) => (
                  <div key={item.id} className={classes.item}>
                    <Thumb media={item} />
                    {index === 3 && draft.media.length > 4 && (
                      <span className={classes.rest}>+{draft.media.length - 4}</span>
                    )}
                  </div>
                ))}
              </div>
            )}
          </>
        )}
      </div>
    </aside>
  );
}
