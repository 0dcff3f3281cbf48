/** The services whose calls can be made to fail. */
const SERVICES = ["batch", "s3", "sns"] as const;
export type Service = (typeof SERVICES)[number];

export function isService(name: string | undefined): name is Service {
  return (SERVICES as readonly (string | undefined)[]).includes(name);
}

/** Every kind of fault, the services that it applies to, and its effect. */
export const KINDS = {
  "exit": { services: ["batch"], means: "an attempt of the job ends at once, with exit=CODE (default 1)" },
  "attempt-timeout": { services: ["batch"], means: "the time of an attempt is up, so that Batch ends it" },
  "reclaim": { services: ["batch"], means: "the machine of an attempt is taken away, as EC2 does with Spot Instances" },
  "stuck": { services: ["batch"], means: "no machine ever comes for the job, nor for those behind it in its queue" },
  "timeout": { services: ["batch", "s3", "sns"], means: "the time of the step is up, once it is under way" },
  "throttle": { services: ["batch", "s3", "sns"], means: "the service refuses the call, because there are too many" },
  "unavailable": { services: ["batch", "s3", "sns"], means: "the service fails" },
  "denied": { services: ["batch", "s3", "sns"], means: "a permission is missing" },
  "missing": { services: ["s3"], means: "what is read does not exist" },
  "unreadable": { services: ["s3"], means: "what is read is not JSON" },
  "stop": { services: ["batch", "s3", "sns"], means: "the whole execution is stopped, once the step is under way" },
} as const satisfies Record<string, { services: readonly Service[]; means: string }>;

export type Kind = keyof typeof KINDS;

/** These apply to an attempt of a job, all others to a call of a service. */
const ATTEMPT_FAULTS: readonly Kind[] = ["exit", "attempt-timeout", "reclaim"];

export function isAttemptFault(kind: Kind): boolean {
  return ATTEMPT_FAULTS.includes(kind);
}

/** These apply only to a step that reads something. */
const READ_FAULTS: readonly Kind[] = ["missing", "unreadable"];

export function kindsOf({ service, reads }: { service: Service; reads?: true }): Kind[] {
  const all = Object.keys(KINDS) as Kind[];
  return all.filter(
    (kind) => (KINDS[kind].services as readonly Service[]).includes(service) && (reads || !READ_FAULTS.includes(kind)),
  );
}
