/**
 * Asks people before a video is published. They get a notice with a preview, and answer on the command line, or by
 * `SendTaskSuccess` and `SendTaskFailure` of Step Functions with the notice's token. Until then there are only
 * `hls/preview.m3u8` and what it leads to.
 */
export interface ApprovalArgs {
  /**
   * Seconds that an answer may take, 60 to 31,000,000. They come on top of `workflow.timeoutSeconds`. Defaults to 86,400, a
   * day.
   */
  timeoutSeconds?: number;
  /** The answer when nobody has given one in time: `approve` or `reject`. Defaults to `reject`. */
  defaultAnswer?: string;
}
