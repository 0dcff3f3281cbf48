import { bitrate } from "../text/format";
import { escapeMarkup } from "../text/markup";
import type { ReportInput } from "./report";

/**
 * A player for the result. Pages opened from disk can't fetch files, which HLS requires, so they play the MP4s, which a video
 * element loads by itself. Over HTTP the playlist plays too.
 */
export function player({ media, features, links }: ReportInput): string {
  if (!media || links.output === undefined || media.renditions.length === 0) return poster(features.poster);
  const output = links.output;
  const first = media.renditions.find(({ height }) => height <= 720) ?? media.renditions.at(-1)!;
  const choices = media.renditions.map(
    ({ name, mp4, averageBandwidth }) =>
      `<option value="${escapeMarkup(encodeURI(output + mp4.path))}"${name === first.name ? " selected" : ""}>${escapeMarkup(name)}, MP4, ${bitrate(averageBandwidth)}</option>`,
  );
  const still = features.poster === undefined ? "" : ` poster="${escapeMarkup(features.poster)}"`;
  return `<section aria-labelledby="result"><h2 id="result">Result</h2>
<video id="player" controls playsinline preload="metadata"${still} aria-label="The result" src="${escapeMarkup(encodeURI(output + first.mp4.path))}"></video>
<p class="choice"><label>Playing <select id="choice">${choices.join("")}</select></label>
<a href="${escapeMarkup(encodeURI(output + media.master.path))}" id="playlist">HLS playlist</a></p>
<p id="player-note" role="status"></p></section>`;
}

/** A picture for pages that can't reach the result. */
function poster(picture: string | undefined): string {
  if (picture === undefined) return "";
  return `<section aria-labelledby="result"><h2 id="result">Result</h2><img class="poster" src="${escapeMarkup(picture)}" alt="A picture from the video"></section>`;
}

/** Runs in the reader's browser. */
export const PLAYER_SCRIPT = `
(() => {
  const video = document.getElementById("player");
  if (!video) return;
  const choice = document.getElementById("choice");
  const note = document.getElementById("player-note");
  const playlist = document.getElementById("playlist").href;
  let hls;
  const play = (source, adaptive) => {
    const { currentTime, paused } = video;
    if (hls) { hls.destroy(); hls = undefined; }
    if (adaptive && window.Hls && Hls.isSupported()) {
      hls = new Hls();
      hls.on(Hls.Events.LEVEL_SWITCHED, (_, { level }) => {
        note.textContent = "HLS, now " + hls.levels[level].height + "p";
      });
      hls.loadSource(source);
      hls.attachMedia(video);
    } else {
      note.textContent = "";
      video.src = source;
    }
    if (currentTime > 0) video.addEventListener("loadedmetadata", () => { video.currentTime = currentTime; }, { once: true });
    if (!paused) video.play().catch(() => {});
  };
  const served = location.protocol === "http:" || location.protocol === "https:";
  if (served && ((window.Hls && Hls.isSupported()) || video.canPlayType("application/vnd.apple.mpegurl"))) {
    const option = new Option("Adaptive, HLS", playlist, true, true);
    option.dataset.adaptive = "yes";
    choice.prepend(option);
    choice.value = playlist;
    play(playlist, true);
  }
  choice.addEventListener("change", () => play(choice.value, choice.selectedOptions[0].dataset.adaptive === "yes"));
  video.addEventListener("error", () => {
    note.textContent = "This browser cannot play " + choice.value + ". Is the report still next to the output folder?";
  });
  for (const frame of document.querySelectorAll("button.frame")) {
    frame.addEventListener("click", () => {
      video.currentTime = Number(frame.dataset.seconds);
      video.play().catch(() => {});
      video.scrollIntoView({ block: "nearest" });
    });
  }
})();
`;
