/** The services whose calls can be made to fail. */
const SERVICES = ["batch", "s3", "sns", "sqs", "states", "sfn", "mediaconvert", "events", "lambda"] as const;
export type Service = (typeof SERVICES)[number];

export function isService(name: string | undefined): name is Service {
  return (SERVICES as readonly (string | undefined)[]).includes(name);
}

/** Seconds after which a step whose job is stuck times out on this machine. In AWS it would be the limit of the step. */
export const STUCK_SECONDS = 10;

/** Every kind of fault, the services that it applies to, and its effect. */
export const KINDS = {
  "exit": { services: ["batch"], means: "an attempt of the job exits immediately with exit=CODE (default 1)" },
  "attempt-timeout": { services: ["batch"], means: "an attempt reaches its timeout, and Batch stops it" },
  "reclaim": { services: ["batch"], means: "an attempt loses its machine, as when EC2 reclaims a Spot Instance" },
  "stuck": {
    services: ["batch"],
    means: `no machine for the job and those behind it in its queue; the step times out, here after ${STUCK_SECONDS} s`,
  },
  "timeout": { services: SERVICES, means: "the step times out once it is under way" },
  "throttle": { services: SERVICES, means: "the service throttles the call" },
  "unavailable": { services: SERVICES, means: "the service fails" },
  "denied": { services: SERVICES, means: "a permission is missing" },
  "failed-entry": { services: ["events"], means: "the bus doesn't take the event" },
  "missing": { services: ["s3"], means: "the object to read doesn't exist" },
  "unreadable": { services: ["s3"], means: "the object to read isn't JSON" },
  "stop": { services: SERVICES, means: "the whole execution is stopped, once the step is under way" },
} as const satisfies Record<string, { services: readonly Service[]; means: string }>;

export type Kind = keyof typeof KINDS;

/** Kinds for an attempt of a job. All others are for a call of a service. */
const ATTEMPT_FAULTS: readonly Kind[] = ["exit", "attempt-timeout", "reclaim"];

export function isAttemptFault(kind: Kind): boolean {
  return ATTEMPT_FAULTS.includes(kind);
}

/** Kinds that only a step that reads an object can have. */
const READ_FAULTS: readonly Kind[] = ["missing", "unreadable"];

export function kindsOf({ service, reads }: { service: Service; reads?: true }): Kind[] {
  const all = Object.keys(KINDS) as Kind[];
  return all.filter(
    (kind) => (KINDS[kind].services as readonly Service[]).includes(service) && (reads || !READ_FAULTS.includes(kind)),
  );
}
