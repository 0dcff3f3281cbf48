/** What ffprobe prints about a file. Only the members used here are declared; `metadata.json` keeps all of them. */
export interface Probe {
  format: ProbeFormat;
  streams: ProbeStream[];
  chapters?: unknown[];
  /** The indexes of the streams of each programme. Empty for containers without programmes. */
  programmes?: number[][];
  /** Only the first few. */
  frames?: ProbeFrame[];
  /** Whether the demuxer reports the first packets as encrypted. */
  encrypted?: boolean;
}

export interface ProbeFrame {
  stream_index?: number;
  interlaced_frame?: number;
  top_field_first?: number;
  /** In the time base of its stream. */
  pts?: number;
  side_data_list?: SideData[];
}

export interface ProbeFormat {
  format_name: string;
  /** In seconds. */
  start_time?: string;
  duration?: string;
}

export interface ProbeStream {
  index: number;
  /** The container's own identifier, if it has any, in hexadecimal digits: the PID in a transport stream. */
  id?: string;
  codec_type?: string;
  codec_name?: string;
  codec_tag_string?: string;
  profile?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  time_base: string;
  start_pts?: number;
  duration_ts?: number;
  field_order?: string;
  avg_frame_rate?: string;
  r_frame_rate?: string;
  nb_frames?: string;
  /** How many pictures are decoded before the first of them is shown. */
  has_b_frames?: number;
  channels?: number;
  channel_layout?: string;
  sample_rate?: string;
  tags?: Record<string, string>;
  disposition?: Record<string, number>;
  /** Whether the container says not to play it. ffprobe doesn't print that. */
  disabled?: true;
  pix_fmt?: string;
  bits_per_raw_sample?: string;
  color_range?: string;
  color_space?: string;
  color_primaries?: string;
  color_transfer?: string;
  side_data_list?: SideData[];
}

/** Additional data about a stream or a frame. Fractions are text. */
export interface SideData {
  side_data_type?: string;
  rotation?: number;
  max_content?: number;
  max_average?: number;
  [member: string]: string | number | undefined;
}
