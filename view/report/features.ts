import { clockTime, countNoun } from "../text/format";
import { escapeMarkup } from "../text/markup";
import type { ReportInput, Thumbnail } from "./report";

/** Maximum number of pictures in the strip. */
const MAX_PICTURES = 24;

/** A strip of pictures in the order of the video. A click moves the player to the picture's time. */
export function sceneStrip({ features, media }: ReportInput): string {
  const { sprite, thumbnails, changes } = features;
  if (sprite === undefined || thumbnails.length === 0) return "";
  const pictures = sampleEvenly(changes.length < 4 ? thumbnails : thumbnailsAtChanges(thumbnails, changes));
  const frames = pictures.map(({ start, x, y, width, height }) => {
    const look = `width:${width}px;height:${height}px;background-position:-${x}px -${y}px`;
    const time = clockTime(start * 1000);
    return media
      ? `<li><button type="button" class="frame" data-seconds="${start}" style="${look}" aria-label="Play from ${time}"></button><span>${time}</span></li>`
      : `<li><span class="frame" role="img" style="${look}" aria-label="Picture at ${time}"></span><span>${time}</span></li>`;
  });
  return `<section aria-labelledby="scenes"><h2 id="scenes">Scenes</h2><p>${countNoun(changes.length, "scene change")} found.</p>
<style>.frame{background-image:url("${escapeMarkup(sprite)}")}</style><div class="scroll" role="region" tabindex="0" aria-label="Pictures of the video"><ol class="strip">${frames.join("\n")}</ol></div></section>`;
}

/** The first picture, and the picture at the start of each scene. */
function thumbnailsAtChanges(thumbnails: Thumbnail[], changes: number[]): Thumbnail[] {
  const wanted = [0, ...changes].map((time) => thumbnails.find(({ end }) => time < end) ?? thumbnails.at(-1)!);
  return [...new Set(wanted)];
}

/** At most `MOST` items, evenly spread. */
function sampleEvenly<T>(items: T[]): T[] {
  if (items.length <= MAX_PICTURES) return items;
  return Array.from({ length: MAX_PICTURES }, (_, index) => items[Math.floor((index * items.length) / MAX_PICTURES)]!);
}
