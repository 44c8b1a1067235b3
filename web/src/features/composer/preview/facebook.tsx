import { Ellipsis, Globe, MessageCircle, Share2, ThumbsUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { channelPicture } from "@/api/pictures";
import { Avatar } from "@/ui/Avatar";
import { addressOf, chosen, linkIn, type PreviewProps } from "./content";
import { FirstComment } from "./FirstComment";
import classes from "./frames.module.css";
import { Grid, LinkCard, Words } from "./parts";

/** On a Page: text above, pictures across the whole width, a card for a link. */
export function FacebookPreview({ channel, text, ranges, media, options, linkBelow }: PreviewProps) {
  const { t } = useTranslation();
  const option = chosen(options, "link");
  const card = option ? addressOf(option) : linkIn(text, ranges);
  return (
    <>
      <article className={classes.post}>
        <div className={classes.padded}>
          <header className={classes.who}>
            <Avatar name={channel.name} src={channelPicture(channel)} size={36} />
            <div className={classes.names}>
              <p className={classes.name}>{channel.name}</p>
              <p className={classes.sub}>
                {t("editor.preview.now")} · <Globe size={12} aria-hidden="true" />
              </p>
            </div>
            <Ellipsis size={18} aria-hidden="true" />
          </header>
          <Words text={text} ranges={ranges} fold={480} />
          {media.length === 0 && card && <LinkCard {...card} />}
        </div>
        <Grid media={media} />
        <div className={classes.actions} aria-hidden="true">
          <span>
            <ThumbsUp size={16} /> {t("editor.preview.like")}
          </span>
          <span>
            <MessageCircle size={16} /> {t("editor.preview.comment")}
          </span>
          <span>
            <Share2 size={16} /> {t("editor.preview.share")}
          </span>
        </div>
        <FirstComment channel={channel} text={chosen(options, "first_comment")} />
      </article>
      {linkBelow}
    </>
  );
}
