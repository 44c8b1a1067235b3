import { Bookmark, Ellipsis, Heart, ImageOff, MessageCircle, Send } from "lucide-react";
import { useTranslation } from "react-i18next";
import { channelPicture } from "@/api/pictures";
import { Avatar } from "@/ui/Avatar";
import { choiceOr, chosen, type PreviewProps } from "./content";
import { FirstComment } from "./FirstComment";
import classes from "./frames.module.css";
import { Carousel, Item, Words } from "./parts";

/** A post with its caption below, a carousel, a reel or a story. */
export function InstagramPreview(props: PreviewProps) {
  const { media } = props;
  const format = choiceOr(props.channel, props.options, "format");
  const isReel = format === "reel" || (format === "post" && media.length === 1 && media[0]?.kind === "video");
  if (format === "story") return <Story {...props} />;
  return (
    <>
      {isReel ? <Reel {...props} /> : <Post {...props} />}
      {props.linkBelow}
    </>
  );
}

function Post({ channel, text, ranges, media, options }: PreviewProps) {
  return (
    <article className={classes.post}>
      <div className={classes.padded}>
        <header className={classes.who}>
          <Avatar name={channel.name} src={channelPicture(channel)} size={28} />
          <p className={`${classes.names} ${classes.name}`}>{channel.name}</p>
          <Ellipsis size={18} aria-hidden="true" />
        </header>
      </div>
      {media.length > 0 ? <Carousel media={media} least={0.8} most={1.91} /> : <NoPicture />}
      <div className={classes.padded}>
        <div className={classes.icons} aria-hidden="true">
          <Heart size={22} />
          <MessageCircle size={22} />
          <Send size={22} />
          <Bookmark size={22} data-end="" />
        </div>
        <Words text={text} ranges={ranges} fold={125} before={<strong>{channel.name} </strong>} />
      </div>
      <FirstComment channel={channel} text={chosen(options, "first_comment")} />
    </article>
  );
}

function Reel({ channel, text, ranges, media }: PreviewProps) {
  const [video] = media;
  return (
    <article className={classes.reel}>
      {video ? <Item media={video} large /> : <NoPicture />}
      <div className={classes.over}>
        <p className={classes.who}>
          <Avatar name={channel.name} src={channelPicture(channel)} size={28} />
          <strong>{channel.name}</strong>
        </p>
        <Words text={text} ranges={ranges} fold={70} />
      </div>
      <div className={classes.side} aria-hidden="true">
        <Heart size={24} />
        <MessageCircle size={24} />
        <Send size={24} />
      </div>
    </article>
  );
}

/** A story shows no text; what the post says stays away. */
function Story({ channel, media }: PreviewProps) {
  const [item] = media;
  return (
    <article className={classes.reel}>
      {item ? <Item media={item} large /> : <NoPicture />}
      <p className={classes.top}>
        <Avatar name={channel.name} src={channelPicture(channel)} size={28} />
        {channel.name}
      </p>
      <span className={classes.bar} aria-hidden="true" />
    </article>
  );
}

function NoPicture() {
  const { t } = useTranslation();
  return (
    <div className={classes.hidden}>
      <span className={classes.sub}>
        <ImageOff size={16} aria-hidden="true" />
        {t("editor.preview.needsPicture")}
      </span>
    </div>
  );
}
