import type { ObjectPath } from "../../contract/outputs";
import type { PlanSource } from "../../contract/plan";

/** The arrangement of a video's thumbnails on sheets. */
export interface ThumbnailGrid {
  /** The seconds that one thumbnail represents. */
  intervalSeconds: number;
  count: number;
  width: number;
  height: number;
  columns: number;
  /** The rows of a full sheet. */
  rows: number;
}

const THUMBNAIL_SIDE = 160;
const MAX_SIDE = 10;

/** Makes about a hundred thumbnails, one to ten seconds apart; videos longer than a quarter of an hour get several sheets. */
export function thumbnailGrid({ durationSeconds, width, height }: PlanSource): ThumbnailGrid {
  const intervalSeconds = Math.min(10, Math.max(1, Math.ceil(durationSeconds / 100)));
  const count = Math.max(1, Math.ceil(durationSeconds / intervalSeconds - 1e-6));
  const factor = THUMBNAIL_SIDE / Math.max(width, height);
  const side = (length: number): number => Math.max(2, Math.round((length * factor) / 2) * 2);
  const columns = Math.min(MAX_SIDE, count);
  const rows = Math.min(MAX_SIDE, Math.ceil(count / columns));
  return { intervalSeconds, count, width: side(width), height: side(height), columns, rows };
}

/** The file name of a sheet, counted from 0. */
export function sheetName(sheet: number): ObjectPath {
  return sheet === 0 ? "sprite.jpg" : `sprite-${sheet + 1}.jpg`;
}

export function sheetCount({ count, columns, rows }: ThumbnailGrid): number {
  return Math.ceil(count / (columns * rows));
}

/** WebVTT that maps times to the rectangles of their thumbnails. */
export function thumbnailsVtt(grid: ThumbnailGrid, durationSeconds: number): string {
  const { intervalSeconds, count, width, height, columns, rows } = grid;
  const cues = Array.from({ length: count }, (_, index) => {
    const [place, sheet] = [index % (columns * rows), Math.floor(index / (columns * rows))];
    const [x, y] = [(place % columns) * width, Math.floor(place / columns) * height];
    const end = Math.min(durationSeconds, (index + 1) * intervalSeconds);
    const times = `${timestamp(index * intervalSeconds)} --> ${timestamp(end)}`;
    return `${times}\n${sheetName(sheet)}#xywh=${x},${y},${width},${height}\n`;
  });
  return ["WEBVTT\n", ...cues].join("\n");
}

/** `hh:mm:ss.mmm` */
function timestamp(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const part = (value: number, digits: number): string => String(value).padStart(digits, "0");
  const [hours, minutes] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  return `${part(hours, 2)}:${part(minutes, 2)}:${part(Math.floor(milliseconds / 1000) % 60, 2)}.${part(milliseconds % 1000, 3)}`;
}
