import { strict as assert } from "node:assert";

import type { Synthesis } from "../../testing";
import { isAbout, isFor, listed, type CallOf, type Statement } from "../support/aws/iam";
import { allPrograms, type Programs } from "./programs";
import { callsOfRoles, resourcePolicies, serviceCalls } from "./serviceCalls";

const about = (statement: Statement, call: CallOf): boolean =>
  isFor(statement, call.principal) && isAbout(statement, call);

/** Whether one of the policies of a resource allows a call, and none denies it. */
function decide(synthesis: Synthesis, call: CallOf): { allowed: boolean; denied: boolean } {
  const statements = resourcePolicies(synthesis)
    .filter(({ on }) => isAbout({ Effect: "Allow", Action: "*", Resource: on }, { ...call, context: {} }))
    .flatMap((policy) => policy.statements);
  const decided = (effect: string): boolean =>
    statements.some((statement) => statement.Effect === effect && about(statement, call));
  return { allowed: decided("Allow"), denied: decided("Deny") };
}

const shown = ({ principal, action, resource }: CallOf): string => `${principal.name}: ${action} on ${resource}`;

describe("policies of resources", () => {
  let programs: Programs;
  before(async function () {
    this.timeout(60_000);
    programs = await allPrograms();
  });

  const forEvery = (check: (synthesis: Synthesis) => string[]): void =>
    assert.deepEqual(
      programs.flatMap(([program, synthesis]) => check(synthesis).map((text) => `${program}: ${text}`)),
      [],
    );

  it("let services in that call without a role", () => {
    let calls = 0;
    forEvery((synthesis) => {
      const all = serviceCalls(synthesis);
      calls += all.length;
      return all.filter((call) => !decide(synthesis, call).allowed || decide(synthesis, call).denied).map(shown);
    });
    assert.ok(calls > 100, String(calls));
  });

  it("keep no role from what it has to do", () => {
    forEvery((synthesis) =>
      callsOfRoles(synthesis)
        .filter((call) => decide(synthesis, call).denied)
        .map(shown),
    );
  });

  it("refuse others of the account, other accounts, and whoever comes without TLS", () => {
    const [, synthesis] = programs.find(([name]) => name === "everything")!;
    const other = (account: string): Record<string, string> => ({
      ...{ "aws:PrincipalArn": `arn:aws:iam::${account}:role/another`, "aws:PrincipalAccount": account },
    });
    const own = `arn:aws:s3:::videos-bucket/`;
    const changes: [action: string, context: Record<string, string>, denied: boolean][] = [
      ["sns:Publish", {}, false],
      ["sns:Publish", other("123456789012"), true],
      ["sns:Publish", other("999999999999"), true],
      ["sns:Publish", { "aws:SecureTransport": "false" }, true],
      ["s3:GetObject", {}, false],
      // What a role of the account may, its own policies say; a service has no account.
      ["s3:GetObject", other("123456789012"), false],
      ["s3:GetObject", { ...other("999999999999"), "aws:PrincipalIsAWSService": "true" }, false],
      ["s3:GetObject", other("999999999999"), true],
      ["s3:GetObject", { "aws:SecureTransport": "false" }, true],
    ];
    for (const [action, context, denied] of changes) {
      const call = callsOfRoles(synthesis).find(
        (one) => one.action === action && (action !== "s3:GetObject" || one.resource.startsWith(own)),
      )!;
      const changed: CallOf = { ...call, context: { ...call.context, ...context } };
      assert.equal(decide(synthesis, changed).denied, denied, `${action} ${JSON.stringify(context)}`);
    }
    for (const service of serviceCalls(synthesis).filter(({ action }) => /^(sns|sqs):/.test(action))) {
      const context = { ...service.context, "aws:SourceArn": "arn:aws:events:us-east-1:999999999999:rule/theirs" };
      assert.ok(!decide(synthesis, { ...service, context }).allowed, shown(service));
    }
  });

  it("allow nothing that nobody needs", () => {
    forEvery((synthesis) => {
      const calls = serviceCalls(synthesis);
      // For a key of yours, docs/permissions.md has the statements for all that a pipeline may have.
      const policies = resourcePolicies(synthesis).filter(({ name }) => name !== "key of yours");
      return policies.flatMap(({ name, on, statements }) =>
        statements
          // A key without the statement for its account can't be administered by anybody.
          .filter(({ Effect, Sid }) => Effect === "Allow" && Sid !== "Account")
          .flatMap((statement) =>
            listed(statement.Action).flatMap((Action) => {
              const used = calls.some(
                (call) =>
                  about({ ...statement, Action }, call) &&
                  isAbout({ Effect: "Allow", Action: "*", Resource: on }, { ...call, context: {} }),
              );
              return used ? [] : [`${name}: ${statement.Sid}: ${Action}`];
            }),
          ),
      );
    });
  });
});
