import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { findProblems } from "../../../components/checks";
import { normaliseComputeEnvironments } from "../../../components/compute/defaults";
import { INSTANCE_ROLE_GUARD } from "../../../components/compute/instanceRoleGuard";
import { encodeUserData, mergeUserData } from "../../../components/compute/userData";
import { IMAGE, named, synthesisePipeline } from "../../support/pipeline";

/** The parts of MIME as cloud-init reads them: between lines that are the boundary of the header, and nothing else. */
function partsOf(userData: string): string[] {
  const [, boundary = ""] =
    /^MIME-Version: 1.0\nContent-Type: multipart\/mixed; boundary="(.*)"\n\n/.exec(userData) ?? [];
  assert.ok(boundary !== "", userData);
  const lines = userData.split("\n");
  const first = lines.indexOf(`--${boundary}`);
  const last = lines.indexOf(`--${boundary}--`);
  // Batch wants a blank line before each boundary, the closing one too.
  for (const [index, line] of lines.entries()) if (line.startsWith(`--${boundary}`)) assert.equal(lines[index - 1], "");
  assert.equal(lines.slice(last + 1).join("\n"), "");
  const parts = lines.slice(first, last).join("\n").split(`--${boundary}\n`).slice(1);
  return parts.map((part) => part.trimEnd());
}

const GUARD = INSTANCE_ROLE_GUARD.trimEnd();
const others = (userData: string): string[] => {
  const [guard, ...parts] = partsOf(mergeUserData(userData, "ec2")!);
  assert.equal(guard, GUARD);
  return parts;
};

const SHELL = '#!/bin/sh\necho "--==BOUNDARY=="';
const MIME = [
  "Content-Type: multipart/mixed;",
  '\tboundary="a b"',
  "MIME-Version: 1.0",
  "",
  "What is here nobody reads.",
  "--a b",
  "Content-Type: text/cloud-config",
  "",
  "packages: [htop]",
  "--a b",
  "Content-Type: multipart/mixed; boundary=inner",
  "",
  "--inner",
  "Content-Type: text/x-shellscript",
  "",
  "#!/bin/sh",
  "--inner--",
  "",
  "--a b--",
  "after the end",
  "",
].join("\n");

describe("user data", () => {
  it("has the guard of the instance's role where Batch starts the instances, and nothing of ours elsewhere", () => {
    assert.deepEqual(partsOf(mergeUserData(undefined, "ec2")!), [GUARD]);
    assert.equal(mergeUserData(undefined, "eks"), undefined);
    assert.deepEqual(partsOf(mergeUserData("#!/bin/sh", "eks")!), [
      'Content-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/sh',
    ]);
  });

  it("may be anything that cloud-init takes by its beginning", () => {
    const kinds = {
      "#!/bin/bash": "x-shellscript",
      "#cloud-config": "cloud-config",
      "#cloud-boothook": "cloud-boothook",
    };
    for (const [beginning, kind] of Object.entries(kinds)) {
      const text = `${beginning}\nsomething`;
      assert.deepEqual(others(`${text}\n\n`), [`Content-Type: text/${kind}; charset="us-ascii"\n\n${text}`]);
    }
    assert.deepEqual(others(SHELL), [`Content-Type: text/x-shellscript; charset="us-ascii"\n\n${SHELL}`]);
  });

  it("may be MIME already, with whatever line ends, headers and boundaries: its parts follow the guard as they are", () => {
    const parts = [
      "Content-Type: text/cloud-config\n\npackages: [htop]",
      "Content-Type: multipart/mixed; boundary=inner\n\n--inner\nContent-Type: text/x-shellscript\n\n#!/bin/sh\n--inner--",
    ];
    assert.deepEqual(others(MIME), parts);
    assert.deepEqual(others(MIME.replaceAll("\n", "\r\n")), parts);
    assert.deepEqual(others(MIME.slice(0, MIME.indexOf("--a b--"))), parts);
    assert.deepEqual(others(MIME.replace("a b", "==BOUNDARY==").replaceAll("--a b", "--==BOUNDARY==")), parts);
    assert.deepEqual(others('MIME-Version: 1.0\nContent-Type: text/cloud-config; charset="us-ascii"\n\nruncmd: []\n'), [
      'MIME-Version: 1.0\nContent-Type: text/cloud-config; charset="us-ascii"\n\nruncmd: []',
    ]);
  });

  const path = "computeEnvironments[0].userData";
  const meaningless = `${path} must begin with #!, #cloud-config or #cloud-boothook, or be multipart MIME with a boundary before each part. Received a string. Use, for example, a shell script that begins with #!/bin/sh.`;
  const problems = (userData: string, type = "EC2" as const): string[] =>
    findProblems("videos", { image: IMAGE, computeEnvironments: [{ name: "a", type, userData }] }).map(
      ({ reason }) => reason,
    );

  it("is refused if nothing on an instance would understand it", () => {
    for (const text of [
      "",
      "echo secret",
      "\n#!/bin/sh",
      "IyEvYmluL3No",
      "Content-Type: multipart/mixed\n\n--a\n\nb",
    ]) {
      assert.deepEqual(problems(text), [meaningless], text);
    }
    assert.deepEqual(problems(MIME.replace('"a b"', '"c"')), [meaningless]);
  });

  it("has at most 16 KiB with our part, counted before base64 and in bytes", () => {
    const room = 16_384 - Buffer.byteLength(mergeUserData("#!/bin/sh\n#", "ec2")!);
    assert.ok(room > 15_000, String(room));
    assert.deepEqual(problems(`#!/bin/sh\n#${"x".repeat(room)}`), []);
    const tooMuch = `${path} must have at most 16,384 bytes, including what the pipeline adds, which is EC2's limit. Received a string. The total is 16,386: let a short script fetch the rest from S3.`;
    assert.deepEqual(problems(`#!/bin/sh\n#${"x".repeat(room)}é`), [tooMuch]);
  });

  it("that comes out of another resource is merged and checked when it is known", async () => {
    const computeEnvironments = [{ name: "compute", userData: pulumi.output("#!/bin/sh") }];
    const synthesis = await synthesisePipeline({ image: IMAGE, computeEnvironments });
    const { userData } = named(synthesis, "videos-compute-launch-template").inputs;
    assert.equal(Buffer.from(String(userData), "base64").toString(), mergeUserData("#!/bin/sh", "ec2"));
    const [environment] = normaliseComputeEnvironments(computeEnvironments);
    assert.throws(() => encodeUserData(environment!, "echo"), { message: meaningless });
  });
});
