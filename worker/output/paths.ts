import { type ChunkName, outputs } from "../../contract/outputs";
import { below } from "../storage/uri";

/** URIs of the objects below an output prefix. */
export const paths = {
  metadata: (output: string) => below(output, outputs.metadata),
  plan: (output: string) => below(output, outputs.plan),
  manifest: (output: string) => below(output, outputs.manifest),
  feature: (output: string, name: string) => below(output, outputs.feature(name)),
  featureRecord: (output: string) => below(output, outputs.featureRecord),
  records: (output: string, rendition: string) => below(output, outputs.records(rendition)),
  record: (output: string, rendition: string, chunk: ChunkName, mark: string) =>
    below(output, outputs.record(rendition, chunk, mark)),
  audioRecords: (output: string) => below(output, outputs.audioRecords),
  audioRecord: (output: string, track: string, mark: string) => below(output, outputs.audioRecord(track, mark)),
  failure: (output: string, job: string) => below(output, outputs.failure(job)),
  master: (output: string) => below(output, outputs.master),
  preview: (output: string) => below(output, outputs.preview),
  dash: (output: string) => below(output, outputs.dash),
  hls: (output: string) => below(output, outputs.hls),
  segments: (output: string, track: string) => below(output, outputs.segments(track)),
  playlist: (output: string, track: string) => below(output, outputs.playlist(track)),
  iframes: (output: string, rendition: string) => below(output, outputs.iframes(rendition)),
  mp4: (output: string, rendition: string) => below(output, outputs.mp4(rendition)),
} as const;
