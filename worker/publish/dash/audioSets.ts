import type { AudioPurpose } from "../../../contract/sourceAudio";
import type { ManifestAudio } from "../../../contract/manifest";
import type { AdaptationSet } from "./mpd";
import type { AddressedTrack } from "./representation";
import { representation } from "./representation";

const ROLE = "urn:mpeg:dash:role:2011";
const PURPOSES: Record<AudioPurpose, string[]> = {
  commentary: [`      <Role schemeIdUri="${ROLE}" value="commentary"/>`],
  description: [
    '      <Accessibility schemeIdUri="urn:tva:metadata:cs:AudioPurposeCS:2007" value="1"/>',
    `      <Role schemeIdUri="${ROLE}" value="alternate"/>`,
  ],
};

/** An audio track, and what the manifest says about it. */
interface Audio {
  track: AddressedTrack;
  stream: ManifestAudio;
}

/** An adaptation set for each track: players choose among them by language and role. The timescale of sound is its sampling rate. */
export function audioSets(tracks: readonly Audio[]): AdaptationSet[] {
  return tracks.map((track, index) => (id) => audioSet(track, index, id));
}

function audioSet({ track, stream }: Audio, index: number, id: number): string[] {
  const role = index === 0 ? "main" : "alternate";
  return [
    `    <AdaptationSet id="${id}" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" ` +
      `startWithSAP="1"${stream.language === undefined ? "" : ` lang="${stream.language}"`}>`,
    `      <Label>${escaped(stream.label)}</Label>`,
    ...(stream.purpose ? PURPOSES[stream.purpose] : [`      <Role schemeIdUri="${ROLE}" value="${role}"/>`]),
    ...representation(
      stream.name,
      `bandwidth="${stream.peakBandwidth}" codecs="${stream.codec}" audioSamplingRate="${track.timescale}"`,
      track,
      '        <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" ' +
        `value="${stream.channels}"/>`,
    ),
    "    </AdaptationSet>",
  ];
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
