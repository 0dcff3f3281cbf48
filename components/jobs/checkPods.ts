import type { JobKey } from "../../contract/jobs";
import { badKubernetesName } from "../rules/names";
import { type Check, type Problem, when } from "../rules/problem";
import type { Job, Jobs, Pod } from "./args";
import { badMountPath } from "./checkMountPath";
import type { JobsSettings } from "./defaults";

/** Settings that pods don't support, and what they have instead. */
const INSTEAD = [
  {
    setting: "secrets",
    counterpart: "secretMounts",
    remedy: "Batch can't set a pod's variables from secrets: mount a Kubernetes secret with",
  },
  { setting: "efsMounts", counterpart: "claimMounts", remedy: "Mount the file system's persistent volume claim with" },
  {
    setting: "roleArn",
    counterpart: "serviceAccountName",
    remedy: "Name the service account that has the role in",
  },
] as const;

/** Settings that jobs in pods don't support, and settings that only they do. */
export const checkPods: Check<{ jobs?: Jobs }, { jobs: JobsSettings }> = ({ args: { jobs = {} }, settings }) => {
  const { variants } = settings.jobs;
  return (Object.entries(jobs) as [JobKey, Job | undefined][]).flatMap(([key, job]) => {
    if (!job) return [];
    const platforms = variants.flatMap(({ job, jobPlatform }) => (job === key ? [jobPlatform.platform] : []));
    const path = `jobs.${key}`;
    if (platforms.includes("eks")) {
      const onlyPods = platforms.every((platform) => platform === "eks");
      return [...withoutCounterpart(job, path, onlyPods), ...checkPod(job.pod ?? {}, `${path}.pod`)];
    }
    return when(job.pod !== undefined && platforms.length > 0, {
      path: `${path}.pod`,
      rule: "must not be given for a job that doesn't run in pods",
      received: Object.keys(job.pod ?? {}),
      remedy: "Use secrets, efsMounts and roleArn, or run the job on a queue with an environment on EKS.",
    });
  });
};

/** A job that also runs elsewhere may have such a setting, together with the one for its pods. */
function withoutCounterpart(job: Job, path: string, onlyPods: boolean): Problem[] {
  return INSTEAD.flatMap(({ setting, counterpart, remedy }) => {
    const where = onlyPods ? "on EKS" : `on EKS without ${path}.pod.${counterpart}`;
    const wrong = job[setting] !== undefined && (onlyPods || job.pod?.[counterpart] === undefined);
    // A role may come out of another resource.
    const received = setting === "roleArn" ? "…" : job[setting];
    return when(wrong, {
      path: `${path}.${setting}`,
      rule: `must not be given ${where}`,
      received,
      remedy: `${remedy} ${path}.pod.${counterpart}.`,
    });
  });
}

function checkPod({ serviceAccountName, secretMounts = [], claimMounts = [] }: Pod, pod: string): Problem[] {
  const mounts = [
    ...secretMounts.map(({ secretName, path }, index) => ({
      ...{ at: `${pod}.secretMounts[${index}]`, key: "secretName", name: secretName, path },
    })),
    ...claimMounts.map(({ claimName, path }, index) => ({
      ...{ at: `${pod}.claimMounts[${index}]`, key: "claimName", name: claimName, path },
    })),
  ];
  return [
    ...(serviceAccountName === undefined ? [] : badKubernetesName(`${pod}.serviceAccountName`, serviceAccountName)),
    ...mounts.flatMap(({ at, key, name, path }, index) => [
      ...badKubernetesName(`${at}.${key}`, name),
      ...badMountPath(`${at}.path`, path, mounts.slice(0, index)),
    ]),
  ];
}
