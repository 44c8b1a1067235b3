import type { Platform } from "@/api/model";
import type { Area } from "./queries";

/** Width divided by height, from the lowest to the highest that is allowed; absent ends do not limit. */
export interface Ratios {
  min?: number | undefined;
  max?: number | undefined;
}

export interface Size {
  width: number;
  height: number;
}

/** A shape to crop to. */
export interface Shape {
  /** Absent for any. */
  ratio: number | null;
  /** `1:1`, `4:5`, `1.91:1`. */
  name: string;
  /** The platform whose limit it is, and which one. */
  platform?: string;
  limit?: "tallest" | "widest";
}

const SQUARE = { ratio: 1, name: "1:1" };
const USUAL: Shape[] = [
  SQUARE,
  { ratio: 4 / 5, name: "4:5" },
  { ratio: 3 / 4, name: "3:4" },
  { ratio: 9 / 16, name: "9:16" },
  { ratio: 4 / 3, name: "4:3" },
  { ratio: 16 / 9, name: "16:9" },
];

/** `4:5` where small numbers say it, `1.91:1` otherwise. */
export function ratioName(ratio: number): string {
  for (let height = 1; height <= 20; height += 1) {
    const width = ratio * height;
    if (Math.abs(width - Math.round(width)) < 0.0005 * height && Math.round(width) > 0) {
      return `${Math.round(width)}:${height}`;
    }
  }
  return ratio >= 1 ? `${round2(ratio)}:1` : `1:${round2(1 / ratio)}`;
}

const round2 = (value: number): number => Math.round(value * 100) / 100;
const within = (ratio: number, { min, max }: Ratios): boolean =>
  (min === undefined || ratio >= min - 1e-9) && (max === undefined || ratio <= max + 1e-9);

/** The usual shapes, and the tallest and widest that each platform takes, of those that are allowed here. */
export function shapes(platforms: readonly Platform[], allowed: Ratios): { usual: Shape[]; limits: Shape[] } {
  const limits = platforms.flatMap(({ name, rules }) => {
    const rule = rules.media.image;
    const limit = (ratio: number | null | undefined, limit: "tallest" | "widest"): Shape[] =>
      ratio ? [{ ratio, name: ratioName(ratio), platform: name, limit }] : [];
    return [...limit(rule?.min_ratio, "tallest"), ...limit(rule?.max_ratio, "widest")];
  });
  const fits = ({ ratio }: Shape) => ratio !== null && within(ratio, allowed);
  return { usual: USUAL.filter(fits), limits: limits.filter(fits) };
}

/** The largest part of that shape in the middle of the picture. */
export function largest({ width, height }: Size, ratio: number | null): Area {
  if (ratio === null) return { x: 0, y: 0, width, height };
  const wide = Math.min(width, Math.max(1, Math.floor(height * ratio)));
  const high = Math.min(height, Math.max(1, Math.floor(wide / ratio)));
  return {
    x: Math.floor((width - wide) / 2),
    y: Math.floor((height - high) / 2),
    width: wide,
    height: high,
  };
}

/**
 * The nearest part in whole pixels that lies in the picture and has a shape that is allowed. It gets smaller rather than larger, so
 * that rounding never leads over a platform's limit.
 */
export function settled(area: Area, size: Size, { min, max }: Ratios): Area {
  let width = clamp(Math.round(area.width), 1, size.width);
  let height = clamp(Math.round(area.height), 1, size.height);
  if (max !== undefined && width / height > max) width = Math.max(1, Math.floor(height * max));
  if (min !== undefined && width / height < min) height = Math.max(1, Math.floor(width / min));
  return {
    x: clamp(Math.round(area.x), 0, size.width - width),
    y: clamp(Math.round(area.y), 0, size.height - height),
    width,
    height,
  };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** What a person typed into one of the fields, with the other side following where the shape is fixed. */
export function typed(
  area: Area,
  field: keyof Area,
  value: number,
  size: Size,
  ratio: number | null,
  allowed: Ratios,
): Area {
  const next = { ...area, [field]: value };
  if (ratio !== null && field === "width") next.height = Math.round(value / ratio);
  if (ratio !== null && field === "height") next.width = Math.round(value * ratio);
  if (ratio !== null && (next.width > size.width || next.height > size.height)) {
    const most = largest(size, ratio);
    next.width = most.width;
    next.height = most.height;
  }
  return settled(next, size, allowed);
}
