import { expression } from "./expression";

/** Every call and retry together take less than an Express execution may: five minutes. */
const CALL = {
  TimeoutSeconds: 10,
  Retry: [
    {
      ErrorEquals: ["S3.S3Exception", "S3.SdkClientException", "States.Timeout"],
      ...{ IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3, MaxDelaySeconds: 5, JitterStrategy: "FULL" },
    },
  ],
};

/** A listing in a state's result has to stay below 256 KiB. */
const PAGE = 400;

/** What lengths may differ by: the sound of a video may end before its pictures. */
const TOLERANCE = { seconds: 1, share: 0.01 };

/** A playlist has lines with `#`, and the names of what it lists. Reads `$states.result` and the input. */
const READ_PLAYLIST = `
  $lines := $split($states.result.Body, /\\r?\\n/);
  $entries := [$lines[$ != '' and $substring($, 0, 1) != '#']];
  $times := $lines[$contains($, /^#EXTINF:[0-9.]+/)].$number($match($, /^#EXTINF:([0-9.]+)/)[0].groups[0]);
  $asset := $states.input;
  $absent := $asset.variants[$not($ in $entries)];
`;

/** What is wrong with a playlist, as the end of a sentence, or empty text. */
const PROBLEM = `(${READ_PLAYLIST}
  $seconds := $sum($times);
  $lines[0] != '#EXTM3U' ? 'is no playlist.'
  : $count($absent) > 0 ? 'does not list ' & $join($absent, ', ') & '.'
  : $exists($asset.variants) ? ''
  : $not('#EXT-X-ENDLIST' in $lines) ? 'has no end.'
  : $count($entries) = 0 ? 'lists no segments.'
  : $seconds < $asset.seconds - $max([${TOLERANCE.seconds}, ${TOLERANCE.share} * $asset.seconds])
    ? 'has ' & $seconds & ' of ' & $asset.seconds & ' seconds.'
  : ''
)`;

/** What is still missing behind a page of the listing. */
const STILL_MISSING = `(
  $page := [$states.result.Contents[Size > 0].$substring(Key, $length($folder))];
  [$missing[$not($ in $page)]]
)`;

const MISSING_CAUSE = `
  $states.context.Execution.Input.playlist & ' lists ' & $segments & ' segments, of which ' & $count($missing)
  & ' are missing or empty: ' & $missing[0] & ($count($missing) > 1 ? ' and others.' : '.')
`;

/**
 * The definition of the workflow that checks an asset: `{playlist, variants}` is the main playlist, which lists all others, and
 * `{playlist, seconds}` one of them, whose segments are all there and as long as the video. Nothing here decodes them.
 */
export function definePublish(): object {
  const key = "$substringAfter($substringAfter($states.input.playlist, '://'), '/')";
  return {
    Comment: "Checks that a playlist of MediaConvert is whole, and that all its segments are there.",
    QueryLanguage: "JSONata",
    StartAt: "Read Playlist",
    States: {
      "Read Playlist": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:s3:getObject",
        Arguments: {
          Bucket: "{% $substringBefore($substringAfter($states.input.playlist, '://'), '/') %}",
          Key: expression(key),
        },
        ...CALL,
        Assign: {
          bucket: "{% $substringBefore($substringAfter($states.input.playlist, '://'), '/') %}",
          folder: expression(`$replace(${key}, /[^\\/]*$/, '')`),
          // Segments are named after their playlist.
          prefix: expression(`$replace(${key}, /\\.m3u8$/, '_')`),
          missing: expression(`(${READ_PLAYLIST} $entries)`),
          segments: expression(`(${READ_PLAYLIST} $count($entries))`),
          problem: expression(PROBLEM),
          token: expression("''"),
        },
        Output: "{% $states.input %}",
        Next: "Check Playlist",
      },
      "Check Playlist": {
        Type: "Choice",
        Choices: [
          { Condition: "{% $problem != '' %}", Next: "Asset Unplayable" },
          { Condition: "{% $exists($states.input.variants) %}", Next: "Asset Playable" },
        ],
        Default: "List Segments",
      },
      "List Segments": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:s3:listObjectsV2",
        Arguments: expression(`$merge([
          {'Bucket': $bucket, 'Prefix': $prefix, 'MaxKeys': ${PAGE}},
          $token = '' ? {} : {'ContinuationToken': $token}
        ])`),
        ...CALL,
        Assign: {
          missing: expression(STILL_MISSING),
          token: "{% $states.result.IsTruncated ? $states.result.NextContinuationToken : '' %}",
        },
        Output: {},
        Next: "Check Page",
      },
      "Check Page": {
        Type: "Choice",
        Choices: [
          { Condition: "{% $count($missing) = 0 %}", Next: "Asset Playable" },
          { Condition: "{% $token != '' %}", Next: "List Segments" },
        ],
        Default: "Segments Missing",
      },
      "Asset Playable": { Type: "Succeed", Output: {} },
      "Segments Missing": { Type: "Fail", Error: "AssetUnplayable", Cause: expression(MISSING_CAUSE) },
      "Asset Unplayable": {
        Type: "Fail",
        Error: "AssetUnplayable",
        Cause: "{% $states.context.Execution.Input.playlist & ' ' & $problem %}",
      },
    },
  };
}
