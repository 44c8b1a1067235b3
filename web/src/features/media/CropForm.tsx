import "react-image-crop/dist/ReactCrop.css";
import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ReactCrop } from "react-image-crop";
import { platformsQuery } from "@/features/connections/queries";
import { errorLine } from "@/i18n/error-text";
import type { CropDialogProps } from "./CropDialog";
import classes from "./CropForm.module.css";
import { largest, ratioName, type Shape, settled, shapes, typed } from "./crop-shape";
import { type Area, cropMedia, useMakeMedia } from "./queries";

const FREE = "free";
const ORIGINAL = "original";
const FIELDS = ["x", "y", "width", "height"] as const;
const HANDLES = ["nw", "n", "ne", "e", "se", "s", "sw", "w"] as const;

/** The picture with a frame to draw, shapes to choose, and the same in numbers. */
export function CropForm({ media, minRatio, maxRatio, onDone, onClose }: CropDialogProps) {
  const { t } = useTranslation();
  const { data: platforms } = useQuery(platformsQuery);
  const size = useMemo(() => ({ width: media.width, height: media.height }), [media.width, media.height]);
  const allowed = useMemo(() => ({ min: minRatio, max: maxRatio }), [minRatio, maxRatio]);
  const [choice, setChoice] = useState(FREE);
  const [area, setArea] = useState<Area>(() => settled(centred(size, allowed), size, allowed));
  const crop = useMakeMedia();

  const { usual, limits } = useMemo(() => shapes(platforms ?? [], allowed), [platforms, allowed]);
  const original = size.width / size.height;
  const originalIsAllowed =
    (minRatio === undefined || original >= minRatio) && (maxRatio === undefined || original <= maxRatio);
  const name = (shape: Shape) =>
    shape.platform && shape.limit
      ? t(`oneFile.crop.${shape.limit}`, { platform: shape.platform, ratio: shape.name })
      : shape.name;
  const byValue = new Map<string, number | null>([
    [FREE, null],
    [ORIGINAL, original],
    ...[...usual, ...limits].map((shape): [string, number | null] => [name(shape), shape.ratio]),
  ]);
  const ratio = byValue.get(choice) ?? null;

  const choose = (value: string) => {
    setChoice(value);
    const next = byValue.get(value) ?? null;
    if (next !== null) setArea(settled(largest(size, next), size, allowed));
  };
  const save = () => crop.mutate(() => cropMedia(media.id, area), { onSuccess: onDone });
  const isWhole = area.width === size.width && area.height === size.height;
  const labels = Object.fromEntries(
    HANDLES.map((handle) => [`${handle}DragHandle`, t(`oneFile.crop.handles.${handle}`)]),
  ) as Record<`${(typeof HANDLES)[number]}DragHandle`, string>;

  return (
    <div className={classes.form}>
      <div className={classes.stage}>
        <ReactCrop
          crop={{
            unit: "%",
            x: (area.x / size.width) * 100,
            y: (area.y / size.height) * 100,
            width: (area.width / size.width) * 100,
            height: (area.height / size.height) * 100,
          }}
          {...(ratio === null ? {} : { aspect: ratio })}
          keepSelection
          ruleOfThirds
          ariaLabels={{ cropArea: t("oneFile.crop.area"), ...labels }}
          onChange={(_, drawn) =>
            setArea(
              settled(
                {
                  x: (drawn.x / 100) * size.width,
                  y: (drawn.y / 100) * size.height,
                  width: (drawn.width / 100) * size.width,
                  height: (drawn.height / 100) * size.height,
                },
                size,
                allowed,
              ),
            )
          }
        >
          <img
            className={classes.picture}
            src={media.url}
            alt={media.alt || media.file_name}
            width={size.width}
            height={size.height}
          />
        </ReactCrop>
      </div>
      <div className={classes.side}>
        <Select
          label={t("oneFile.crop.shape")}
          allowDeselect={false}
          value={choice}
          onChange={(value) => choose(value ?? FREE)}
          data={[
            { value: FREE, label: t("oneFile.crop.free") },
            ...(originalIsAllowed
              ? [{ value: ORIGINAL, label: t("oneFile.crop.original", { ratio: ratioName(original) }) }]
              : []),
            ...usual.map((shape) => ({ value: name(shape), label: name(shape) })),
            ...(limits.length > 0
              ? [
                  {
                    group: t("oneFile.crop.limits"),
                    items: limits.map((shape) => ({ value: name(shape), label: name(shape) })),
                  },
                ]
              : []),
          ]}
        />
        {(minRatio !== undefined || maxRatio !== undefined) && (
          <p className={classes.hint}>
            {t("oneFile.crop.allowed", {
              min: minRatio === undefined ? "…" : ratioName(minRatio),
              max: maxRatio === undefined ? "…" : ratioName(maxRatio),
            })}
          </p>
        )}
        <div className={classes.fields}>
          {FIELDS.map((field) => (
            <PixelField
              key={field}
              label={t(`oneFile.crop.fields.${field}`)}
              value={area[field]}
              onCommit={(value) => setArea((now) => typed(now, field, value, size, ratio, allowed))}
            />
          ))}
        </div>
        <p className={classes.hint}>{t("oneFile.crop.keeps")}</p>
        {crop.error && (
          <p className={classes.error} role="alert">
            {errorLine(crop.error)}
          </p>
        )}
        <div className={classes.actions}>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button variant="filled" disabled={isWhole} loading={crop.isPending} onClick={save}>
            {t("oneFile.crop.save", { width: area.width, height: area.height })}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The whole picture, or the most of it that has an allowed shape. */
function centred(
  size: { width: number; height: number },
  { min, max }: { min?: number | undefined; max?: number | undefined },
): Area {
  const own = size.width / size.height;
  if (min !== undefined && own < min) return largest(size, min);
  if (max !== undefined && own > max) return largest(size, max);
  return largest(size, null);
}

/** A number that counts once it is finished: while one types «1080», «1» means nothing. */
function PixelField({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: number;
  onCommit: (value: number) => void;
}) {
  const [text, setText] = useState<string | null>(null);
  const commit = () => {
    const number = Number(text);
    if (text !== null && text.trim() !== "" && Number.isFinite(number)) onCommit(Math.round(number));
    setText(null);
  };
  return (
    <TextInput
      label={label}
      inputMode="numeric"
      value={text ?? String(value)}
      onChange={(event) => setText(event.currentTarget.value.replace(/\D/g, ""))}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          event.preventDefault();
          setText(null);
          const step = event.shiftKey ? 10 : 1;
          onCommit(Math.max(0, value + (event.key === "ArrowUp" ? step : -step)));
        }
      }}
    />
  );
}
