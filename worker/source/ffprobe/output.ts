/** What ffprobe says about a file. Only the members that are used here are declared; all are kept in `metadata.json`. */
export interface Probe {
  format: ProbeFormat;
  streams: ProbeStream[];
  chapters?: unknown[];
  /** The first ones. */
  frames?: ProbeFrame[];
  /** Whether the first packets are, and the demuxer says so. */
  encrypted?: boolean;
}

export interface ProbeFrame {
  stream_index?: number;
  interlaced_frame?: number;
  /** In the time base of its stream. */
  pts?: number;
}

export interface ProbeFormat {
  format_name: string;
  /** In seconds. */
  start_time?: string;
  duration?: string;
}

export interface ProbeStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  codec_tag_string?: string;
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
  channels?: number;
  tags?: Record<string, string>;
  disposition?: Record<string, number>;
  pix_fmt?: string;
  bits_per_raw_sample?: string;
  color_range?: string;
  color_space?: string;
  color_primaries?: string;
  color_transfer?: string;
  side_data_list?: SideData[];
}

/** Of a stream or a frame. Fractions are text. */
export interface SideData {
  side_data_type?: string;
  rotation?: number;
  max_content?: number;
  max_average?: number;
  [member: string]: string | number | undefined;
}
