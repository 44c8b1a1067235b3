import { Ellipsis, Heart, MessageCircle, Repeat2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { channelPicture } from "@/api/pictures";
import { Avatar } from "@/ui/Avatar";
import { linkIn, type PreviewProps } from "./content";
import classes from "./frames.module.css";
import { Grid, LinkCard, Words } from "./parts";

/** In a feed: all of the text, rounded pictures or a card for the first link, quiet figures below. */
export function BlueskyPreview({ channel, text, ranges, media }: PreviewProps) {
  const { t } = useTranslation();
  const card = linkIn(text, ranges);
  return (
    <article className={classes.post}>
      <div className={classes.row}>
        <Avatar name={channel.name} src={channelPicture(channel)} size={36} />
        <div className={classes.column}>
          <header className={classes.who}>
            <p className={`${classes.names} ${classes.name}`}>{channel.name}</p>
            <span className={classes.sub}>{t("editor.preview.now")}</span>
          </header>
          <Words text={text} ranges={ranges} />
          {media.length > 0 ? (
            <div className={classes.rounded}>
              <Grid media={media} />
            </div>
          ) : (
            card && <LinkCard {...card} />
          )}
          <div className={classes.spread} aria-hidden="true">
            <MessageCircle size={17} />
            <Repeat2 size={17} />
            <Heart size={17} />
            <Ellipsis size={17} />
          </div>
        </div>
      </div>
    </article>
  );
}
