import { strict as assert } from "node:assert";

import { resourcesOfType as ofType, type Synthesis } from "../../testing";
import { allows, isAbout, listed, type Call, type Statement } from "../support/aws/iam";
import { MANAGED, neededCalls } from "./needed";
import { allPrograms } from "./programs";
import { rolePolicies } from "./rolePolicies";

/** Where a policy says "on everything": the service has no narrower form. Source: the Service Authorization Reference. */
const ON_EVERYTHING = [
  ...["batch:DescribeJobs", "ecr:GetAuthorizationToken"],
  // Step Functions' own list for logging: deliveries have no ARN, and policies of log groups are the account's.
  ...["logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery"],
  ...["logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups"],
  ...["xray:PutTraceSegments", "xray:PutTelemetryRecords", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
];

const shown = ({ action, resource, context }: Call): string =>
  `${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ""}`;

/** What nothing needs: a statement with one of its actions and one of its resources. */
function unneeded(statements: Statement[], calls: Call[]): string[] {
  return statements.flatMap((statement) =>
    listed(statement.Action).flatMap((Action) =>
      listed(statement.Resource).flatMap((Resource) =>
        calls.some((call) => isAbout({ ...statement, Action, Resource }, call)) ? [] : [`${Action} on ${Resource}`],
      ),
    ),
  );
}

/** A call, once for each part of its context, in which that is another. */
function inOtherContexts(call: Call): Call[] {
  return Object.keys(call.context ?? {}).map((key) => ({ ...call, context: { ...call.context, [key]: "another" } }));
}

/** Objects that a role of an example must not touch, though its statements have wildcards. The pipeline's own are in its tests. */
const NEIGHBOURS: Record<string, [action: string, key: string][]> = {
  "example event-bus: write-entry-role": [
    ["s3:PutObject", "output/a.mp4/manifest.json"],
    ["s3:GetObject", "output/a.mp4/plan.json"],
    ["s3:GetObject", "uploads/a.mp4"],
  ],
  "example mediaconvert: mediaconvert-role": [
    ["s3:PutObject", "uploads/a.mp4"],
    ["s3:PutObject", "output/a.mp4/hls/master.m3u8"],
    ["s3:PutObject", "output/mediaconvert/a/metadata.json"],
    ["s3:GetObject", "output/mediaconvert/a/metadata.json"],
  ],
  "example mediaconvert: process-role": [
    ["s3:GetObject", "output/a.mp4/metadata.json"],
    ["s3:GetObject", "uploads/a.mp4"],
  ],
  "example mediaconvert: publish-role": [
    ["s3:GetObject", "output/mediaconvert/a/hls/master_720p_00001.ts"],
    ["s3:GetObject", "output/a.mp4/hls/master.m3u8"],
  ],
};

function neighbours(program: string, role: string): Call[] {
  return (NEIGHBOURS[`${program}: ${role}`] ?? []).map(([action, key]) => ({
    action,
    resource: `arn:aws:s3:::videos-bucket/${key}`,
  }));
}

describe("permissions of every program", () => {
  let programs: [string, Synthesis][];
  before(async () => {
    programs = await allPrograms();
    assert.ok(programs.length >= 10);
  });

  const forEveryRole = (check: (role: string, statements: Statement[], calls: Call[]) => string[]): void => {
    const found = programs.flatMap(([program, synthesis]) => {
      const needed = neededCalls(synthesis);
      return [...rolePolicies(synthesis)].flatMap(([role, statements]) =>
        check(role, statements, needed.get(role) ?? []).map((text) => `${program}: ${role}: ${text}`),
      );
    });
    assert.deepEqual(found, []);
  };

  it("allow every call", () => {
    let calls = 0;
    forEveryRole((_, statements, needed) => {
      calls += needed.length;
      return needed.filter((call) => !allows(statements, call)).map(shown);
    });
    assert.ok(calls > 500, String(calls));
  });

  it("allow nothing that no call needs", () => forEveryRole((_, statements, calls) => unneeded(statements, calls)));

  it("allow no call whose context is another's: another source, another service, another key's use", () => {
    let narrowed = 0;
    forEveryRole((_, statements, needed) => {
      const others = needed.flatMap(inOtherContexts);
      narrowed += others.length;
      return others.filter((call) => allows(statements, call)).map(shown);
    });
    assert.ok(narrowed > 100, String(narrowed));
  });

  it("end where the neighbours of what is needed begin", () => {
    const wide = programs.flatMap(([program, synthesis]) =>
      [...rolePolicies(synthesis)].flatMap(([role, statements]) =>
        neighbours(program, role)
          .filter((call) => allows(statements, call))
          .map((call) => `${program}: ${role}: ${shown(call)}`),
      ),
    );
    assert.deepEqual(wide, []);
    const all = programs.flatMap(([program, synthesis]) =>
      [...rolePolicies(synthesis).keys()].map((role) => `${program}: ${role}`),
    );
    assert.deepEqual(
      Object.keys(NEIGHBOURS).filter((role) => !all.includes(role)),
      [],
    );
  });

  it("are on everything only where the service has no narrower form", () => {
    forEveryRole((_, statements) =>
      statements
        .filter(({ Resource }) => listed(Resource).includes("*"))
        .flatMap(({ Action }) => listed(Action))
        .filter((action) => !ON_EVERYTHING.includes(action)),
    );
  });

  it("fit into a role: its inline policies have at most 10,240 characters together", () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    forEveryRole((_, statements) => {
      const { length } = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      return length > 10_240 ? [`${length} characters`] : [];
    });
  });

  it("belong to roles that somebody uses, with managed policies only where AWS's own program has the role", () => {
    const kinds = programs.flatMap(([, synthesis]) => {
      const managed = ofType(synthesis, "aws:iam/rolePolicyAttachment:RolePolicyAttachment");
      return managed.map(({ inputs }) => [String(inputs["role"]).replace(/^[^-]+-/, ""), inputs["policyArn"]]);
    });
    assert.deepEqual(Object.fromEntries(kinds), MANAGED);
    forEveryRole((_, statements, calls) =>
      // On EKS the roles of ECS are there, and may nothing; so may a job role, to which users attach what they like.
      calls.length > 0 || statements.length === 0 ? [] : ["nobody uses it"],
    );
  });
});

describe("the evaluation of policies", () => {
  const statement: Statement = {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: ["arn:aws:s3:::videos/output/*", "arn:aws:s3:::masters/*"],
  };
  const get = { action: "s3:GetObject", resource: "arn:aws:s3:::videos/output/a/plan.json" };

  it("would find what is missing, and what is too much", () => {
    assert.ok(allows([statement], get));
    assert.ok(!allows([statement], { ...get, resource: "arn:aws:s3:::videos/a" }));
    assert.ok(!allows([statement], { ...get, action: "s3:DeleteObject" }));
    assert.ok(!allows([statement, { ...statement, Effect: "Deny", Action: "s3:*" }], get));
    assert.deepEqual(unneeded([statement], [get]), [
      "s3:GetObject on arn:aws:s3:::masters/*",
      "s3:PutObject on arn:aws:s3:::videos/output/*",
      "s3:PutObject on arn:aws:s3:::masters/*",
    ]);
  });

  it("heeds conditions", () => {
    const Condition = { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } };
    const use: Statement = { Effect: "Allow", Action: "kms:Decrypt", Resource: "key", Condition };
    const call = { action: "kms:Decrypt", resource: "key" };
    assert.ok(!allows([use], call));
    assert.ok(allows([use], { ...call, context: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }));
    const unknown = { ...use, Condition: { NumericLessThan: { a: "1" } } };
    assert.throws(() => allows([unknown], call), /not known here/);
  });
});
