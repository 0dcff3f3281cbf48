import type { Platform } from "../../contract/jobPlatform";
import { type Problem, when } from "../rules/problem";
import type { ComputeEnvironmentSettings } from "./defaults";
import { INSTANCE_ROLE_GUARD } from "./instanceRoleGuard";

/**
 * In raw form, before it is encoded as base64.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
 */
const MOST_BYTES = 16_384;

/** The content types of what is not MIME, by its beginning. */
const CONTENT_TYPES: [beginning: RegExp, contentType: string][] = [
  [/^#!/, "text/x-shellscript"],
  [/^#cloud-config\b/, "text/cloud-config"],
  [/^#cloud-boothook\b/, "text/cloud-boothook"],
];

/**
 * The user data of instances: the pipeline's own part, then the user's. Batch merges it with its own start-up script, which requires MIME.
 * Nothing where there is neither.
 * @see https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 */
export function mergeUserData(userData: string | undefined, platform: Platform): string | undefined {
  // Pods have their own network, and the instance's hop limit keeps them from its role.
  const parts = [...(platform === "ec2" ? [INSTANCE_ROLE_GUARD] : []), ...readParts(userData ?? "")];
  return parts.length === 0 ? undefined : multipart(parts);
}

export function findUserDataProblems(path: string, userData: string, platform: Platform): Problem[] {
  const bytes = Buffer.byteLength(mergeUserData(userData, platform) ?? "");
  return [
    ...when(readParts(userData).length === 0, {
      path,
      rule: "must begin with #!, #cloud-config or #cloud-boothook, or be multipart MIME with a boundary before each part",
      received: userData,
      remedy: "Use, for example, a shell script that begins with #!/bin/sh.",
    }),
    ...when(bytes > MOST_BYTES, {
      path,
      rule: `must have at most ${MOST_BYTES.toLocaleString("en-US")} bytes, including what the pipeline adds, which is EC2's limit`,
      received: userData,
      remedy: `The total is ${bytes.toLocaleString("en-US")}: let a short script fetch the rest from S3.`,
    }),
  ];
}

/**
 * Encodes user data for EC2. Throws if user data from another resource's output has a problem, which the checks could not
 * see.
 */
export function encodeUserData(
  { path, jobPlatform: { platform } }: Pick<ComputeEnvironmentSettings, "path" | "jobPlatform">,
  userData: string | undefined,
): string | undefined {
  const problems = userData === undefined ? [] : findUserDataProblems(`${path}.userData`, userData, platform);
  if (problems.length > 0) throw new Error(problems.map(({ reason }) => reason).join("\n"));
  const merged = mergeUserData(userData, platform);
  return merged === undefined ? undefined : Buffer.from(merged).toString("base64");
}

/** The parts of user data, each with its headers. None if nothing on the instance would understand it. */
function readParts(userData: string): string[] {
  const text = userData.replaceAll("\r\n", "\n");
  if (/^(MIME-Version|Content-Type):/i.test(text)) return readMime(text);
  const [, contentType] = CONTENT_TYPES.find(([beginning]) => beginning.test(text)) ?? [];
  return contentType === undefined ? [] : [`Content-Type: ${contentType}; charset="us-ascii"\n\n${text}`];
}

function readMime(text: string): string[] {
  const [head = ""] = text.split("\n\n", 1);
  // Long headers continue on lines that begin with a space.
  const unfolded = head.replaceAll(/\n[ \t]+/g, " ");
  const [, kind, quoted, bare] =
    /^Content-Type:\s*([^;\s]+)(?:.*?;\s*boundary=(?:"([^"]+)"|([^\s;]+)))?/im.exec(unfolded) ?? [];
  if (!kind?.toLowerCase().startsWith("multipart/")) return [text];
  const lines = text.slice(head.length).split("\n");
  const boundary = quoted ?? bare;
  return boundary === undefined ? [] : splitAt(lines, `--${boundary}`);
}

/** What is between the lines that are the delimiter, up to one that ends with two hyphens more. */
function splitAt(lines: string[], delimiter: string): string[] {
  const parts: string[][] = [];
  for (const line of lines) {
    if (line.trimEnd() === `${delimiter}--`) break;
    if (line.trimEnd() === delimiter) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts.map((part) => part.join("\n"));
}

function multipart(parts: string[]): string {
  let boundary = "==BOUNDARY==";
  for (let number = 2; parts.some((part) => part.includes(boundary)); number++) boundary = `==BOUNDARY-${number}==`;
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    "",
    // Batch wants a blank line before each boundary, the closing one too.
    ...parts.flatMap((part) => [`--${boundary}`, part.trimEnd(), ""]),
    `--${boundary}--`,
    "",
  ].join("\n");
}
