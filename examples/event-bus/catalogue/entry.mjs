/**
 * What the catalogue says of a video after an event of the pipeline.
 *
 * @param event `Video Published`, `Video Failed` or `Video Rejected`, as EventBridge delivers it.
 * @param manifest The output's manifest, for a published video.
 */
export function describe({ id, time, "detail-type": kind, detail }, manifest) {
  const entry = {
    version: 1,
    video: detail.input,
    ...uploaded(detail),
    execution: detail.execution,
    // Which event said so, to tell a newer one from an older one or from the same again.
    event: { id, time, startTime: detail.startTime },
  };
  if (kind === "Video Published") return { ...entry, ...published(detail, manifest) };
  const { step, cause: reason, log } = detail;
  return { ...entry, status: kind === "Video Rejected" ? "rejected" : "failed", step, reason, log };
}

/** The event that started the execution is its input. A person may start one with nothing but the video. */
function uploaded({ input, executionInput }) {
  const { upload, title } = executionInput?.detail ?? {};
  return { upload: upload ?? null, title: title ?? input.split("/").at(-1) };
}

function published({ status, playlist, missing = [], damagedSeconds = 0 }, { source, renditions }) {
  return {
    status: status === "PARTIAL" ? "partial" : "published",
    playlist,
    durationSeconds: source.durationSeconds,
    renditions: renditions.map(({ name, width, height }) => ({ name, width, height })),
    missing,
    damagedSeconds,
  };
}

/**
 * Whether an entry is to be kept where another one would take its place: EventBridge delivers an event more than once, and a late one after
 * newer ones. Its times are in whole seconds; of two executions in one, the later one knows better.
 */
export function supersedes({ event: kept }, { event: other }) {
  if (kept.id === other.id) return true;
  return kept.time === other.time ? kept.startTime > other.startTime : kept.time > other.time;
}
