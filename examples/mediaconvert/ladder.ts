/** A rendition that MediaConvert makes. */
export interface Rung {
  name: string;
  /** Pixels of the shorter side. */
  height: number;
  /** Bits per second. */
  maxBitrate: number;
  /** 1 to 10. */
  quality: number;
}

/**
 * The largest first. Bitrates and qualities are those of AWS's own solution for video on demand.
 * @see https://docs.aws.amazon.com/solutions/latest/video-on-demand-on-aws/mediaconvert-templates.html
 */
export const LADDER: Rung[] = [
  { name: "2160p", height: 2160, maxBitrate: 15_000_000, quality: 9 },
  { name: "1080p", height: 1080, maxBitrate: 8_500_000, quality: 8 },
  { name: "720p", height: 720, maxBitrate: 6_000_000, quality: 8 },
  { name: "540p", height: 540, maxBitrate: 3_500_000, quality: 7 },
  { name: "360p", height: 360, maxBitrate: 1_500_000, quality: 7 },
];

/** The longer side of what MediaConvert encodes as AVC has at most 4,096 pixels. */
const LONGEST = 4096;

/**
 * The renditions of a video, as JSONata: every rung that is no larger than the video, in the video's own shape. A video that is smaller than
 * all of them gets one rendition of its own size. Sides are even, as AVC needs them. Reads `$source`, which has `width` and `height` as
 * displayed.
 */
export const RENDITIONS = `(
  $even := function($pixels) {2 * $floor($pixels / 2)};
  $short := $min([$source.width, $source.height]);
  $long := $max([$source.width, $source.height]);
  $ladder := ${JSON.stringify(LADDER)};
  $rungs := $ladder[height <= $short and $long * height / $short <= ${LONGEST}];
  $renditions := $exists($rungs) ? $rungs : $merge([$ladder[-1], {'name': $string($even($short)) & 'p', 'height': $even($short)}]);
  [$renditions.(
    $other := $min([$even($long * height / $short + 1), $even($long)]);
    {
      'name': name,
      'width': $source.width >= $source.height ? $other : height,
      'height': $source.width >= $source.height ? height : $other,
      'maxBitrate': maxBitrate,
      'quality': quality
    }
  )]
)`;
