import { InputError } from "../errors";

const TYPES: Record<string, string> = {
  m3u8: "application/vnd.apple.mpegurl",
  mpd: "application/dash+xml",
  mp4: "video/mp4",
  m4s: "video/iso.segment",
  vtt: "text/vtt; charset=utf-8",
  jpg: "image/jpeg",
  json: "application/json",
};

/** Players and browsers refuse playlists and captions that come as `application/octet-stream`. */
export function contentType(name: string): string {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  const type = TYPES[extension];
  if (!type) throw new InputError(`No content type is known for ${name}.`);
  return type;
}
