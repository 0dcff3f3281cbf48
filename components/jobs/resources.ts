import type { JobResources } from "../workflow/settings/settings";

/** What a job gets that nobody sized. */
export const DEFAULT_RESOURCES: JobResources = { vcpus: 2, memoryMiB: 1024 };
