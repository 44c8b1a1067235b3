import { channelPicture } from "@/api/pictures";
import { inOurWords } from "@/i18n/server-words";
import { Avatar } from "@/ui/Avatar";
import { PlatformTile } from "@/ui/PlatformTile";
import type { PreviewProps } from "./content";
import classes from "./frames.module.css";
import { Grid, Words } from "./parts";

/** For a platform whose look is not known here: who, what, and the pictures. */
export function NeutralPreview({ channel, text, ranges, media }: PreviewProps) {
  return (
    <article className={classes.post}>
      <div className={classes.padded}>
        <header className={classes.who}>
          <Avatar name={channel.name} src={channelPicture(channel)} size={36} />
          <div className={classes.names}>
            <p className={classes.name}>{channel.name}</p>
            <p className={classes.sub}>{inOurWords(channel.kind)}</p>
          </div>
          <PlatformTile platform={channel.platform} size={20} />
        </header>
        <Words text={text} ranges={ranges} />
        <div className={classes.rounded}>
          <Grid media={media} />
        </div>
      </div>
    </article>
  );
}
