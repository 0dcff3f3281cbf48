/** The services whose calls can be made to fail. */
const SERVICES = ["batch", "s3", "sns"] as const;
export type Service = (typeof SERVICES)[number];

export function isService(name: string | undefined): name is Service {
  return (SERVICES as readonly (string | undefined)[]).includes(name);
}

/** Everything that can be made to fail, for whom, and what happens then. */
export const KINDS = {
  "exit": { of: ["batch"], means: "an attempt of the job ends at once, with exit=CODE (default 1)" },
  "attempt-timeout": { of: ["batch"], means: "the time of an attempt is up, so that Batch ends it" },
  "reclaim": { of: ["batch"], means: "the machine of an attempt is taken away, as EC2 does with Spot Instances" },
  "stuck": { of: ["batch"], means: "no machine ever comes for the job, nor for those behind it in its queue" },
  "timeout": { of: ["batch", "s3", "sns"], means: "the time of the step is up, once it is under way" },
  "throttle": { of: ["batch", "s3", "sns"], means: "the service refuses the call, because there are too many" },
  "unavailable": { of: ["batch", "s3", "sns"], means: "the service fails" },
  "denied": { of: ["batch", "s3", "sns"], means: "a permission is missing" },
  "missing": { of: ["s3"], means: "what is read does not exist" },
  "unreadable": { of: ["s3"], means: "what is read is not JSON" },
  "stop": { of: ["batch", "s3", "sns"], means: "the whole execution is stopped, once the step is under way" },
} as const satisfies Record<string, { of: readonly Service[]; means: string }>;

export type Kind = keyof typeof KINDS;

/** Of one attempt of a job; all others are of a call of a service. */
const OF_ATTEMPTS: readonly Kind[] = ["exit", "attempt-timeout", "reclaim"];

export function isOfAttempts(kind: Kind): boolean {
  return OF_ATTEMPTS.includes(kind);
}

/** Of what a step reads. */
const OF_READING: readonly Kind[] = ["missing", "unreadable"];

export function kindsOf({ service, reads }: { service: Service; reads?: true }): Kind[] {
  const all = Object.keys(KINDS) as Kind[];
  return all.filter(
    (kind) => (KINDS[kind].of as readonly Service[]).includes(service) && (reads || !OF_READING.includes(kind)),
  );
}
