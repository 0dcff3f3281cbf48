/** What is read of a job's request. The model of the service has checked the types. */
export interface JobRequest {
  Role: string;
  Queue?: string;
  JobTemplate?: string;
  ClientRequestToken?: string;
  Priority?: number;
  StatusUpdateInterval?: string;
  Tags?: Record<string, string>;
  UserMetadata?: Record<string, string>;
  Settings: JobSettings;
}

export interface JobSettings {
  FollowSource?: number;
  Inputs?: JobInput[];
  OutputGroups?: OutputGroup[];
}

export interface JobInput {
  FileInput?: string;
  AudioSelectors?: Record<string, { DefaultSelection?: string }>;
  AudioSelectorGroups?: Record<string, unknown>;
}

export interface OutputGroup {
  OutputGroupSettings?: {
    Type?: string;
    HlsGroupSettings?: GroupSettings;
    FileGroupSettings?: GroupSettings;
  };
  Outputs?: Output[];
}

/** Settings of either kind of group. */
export interface GroupSettings extends Record<string, unknown> {
  Destination?: string;
  MinSegmentLength?: number;
}

export interface Output {
  NameModifier?: string;
  Extension?: string;
  Preset?: string;
  ContainerSettings?: { Container?: string };
  VideoDescription?: { Width?: number; Height?: number; CodecSettings?: CodecSettings };
  AudioDescriptions?: { AudioSourceName?: string; CodecSettings?: CodecSettings }[];
  OutputSettings?: { HlsSettings?: { SegmentModifier?: string } };
}

/** A codec, and the object with its settings beside it. */
export interface CodecSettings extends Record<string, unknown> {
  Codec?: string;
}
