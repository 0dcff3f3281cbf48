import { strict as assert } from "node:assert";

import type { Synthesis } from "../../testing";
import { isAbout, isFor, listed, mayUseKey, type CallOf, type Statement } from "../support/aws/iam";
import { allPrograms, type Programs } from "./programs";
import { policiesOf } from "./rolePolicies";
import { callsOfRoles, resourcePolicies, serviceCalls } from "./serviceCalls";

const about = (statement: Statement, call: CallOf): boolean =>
  isFor(statement, call.principal) && isAbout(statement, call);

/** The statements of the policies of the resource that is called. */
function policyFor(synthesis: Synthesis, call: CallOf): Statement[] {
  return resourcePolicies(synthesis)
    .filter(({ on }) => isAbout({ Effect: "Allow", Action: "*", Resource: on }, { ...call, context: {} }))
    .flatMap((policy) => policy.statements);
}

/** Whether one of the policies of a resource allows a call, and none denies it. */
function decide(synthesis: Synthesis, call: CallOf): { allowed: boolean; denied: boolean } {
  const statements = policyFor(synthesis, call);
  const decided = (effect: string): boolean =>
    statements.some((statement) => statement.Effect === effect && about(statement, call));
  return { allowed: decided("Allow"), denied: decided("Deny") };
}

const shown = ({ principal, action, resource }: CallOf): string => `${principal.name}: ${action} on ${resource}`;

/** Another rule or alarm of the same account and region. */
function theirsBeside({ context }: CallOf): string {
  return context!["aws:SourceArn"]!.replace(/(rule\/|alarm:).*$/, "$1theirs");
}

describe("policies of resources", () => {
  let programs: Programs;
  before(async () => {
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

  it("of keys let roles in that have a policy for it, and service-linked roles, which have none", () => {
    let calls = 0;
    forEvery((synthesis) => {
      const all = [...callsOfRoles(synthesis), ...serviceCalls(synthesis)].filter(
        ({ action, principal }) => action.startsWith("kms:") && principal.kind === "AWS",
      );
      calls += all.length;
      return all
        .filter((call) => !mayUseKey(policyFor(synthesis, call), policiesOf(synthesis, call.principal.name), call))
        .map(shown);
    });
    assert.ok(calls > 50, String(calls));
  });

  it("of keys let service-linked roles in by their own statements alone, and nobody else by these", () => {
    const [, synthesis] = programs.find(([name]) => name === "everything")!;
    const calls = serviceCalls(synthesis).filter(({ principal: { name } }) => name.includes(":role/aws-service-role/"));
    assert.deepEqual(
      [...new Set(calls.map(({ principal }) => principal.name.split("/").at(-1)))],
      ["AWSServiceRoleForAutoScaling", "AWSServiceRoleForEC2Spot"],
    );
    for (const call of calls) {
      const statements = policyFor(synthesis, call);
      assert.ok(mayUseKey(statements, [], call), shown(call));
      // Root alone leaves it to policies that these roles don't have.
      const account = statements.filter(({ Sid }) => Sid === "Account");
      assert.equal(account.length, 1);
      assert.ok(!mayUseKey(account, [], call), shown(call));
      const others = [
        "arn:aws:iam::123456789012:role/another",
        "arn:aws:iam::123456789012:role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        call.principal.name.replace("123456789012", "999999999999"),
      ];
      for (const name of others) {
        const context = { ...call.context, "aws:PrincipalArn": name, "aws:PrincipalAccount": name.split(":")[4]! };
        const other: CallOf = { ...call, context, principal: { kind: "AWS", name } };
        assert.ok(!mayUseKey(statements, [], other), shown(other));
      }
      const { "kms:GrantIsForAWSResource": grant, ...context } = call.context!;
      if (grant) assert.ok(!mayUseKey(statements, [], { ...call, context }), "a grant to anybody");
    }
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
  });

  it("of topics and queues let services in for the rules and alarms that the program has, and for no others", () => {
    let calls = 0;
    forEvery((synthesis) => {
      const theirs = serviceCalls(synthesis)
        .filter(({ action }) => /^(sns|sqs):/.test(action))
        .map((call) => ({ ...call, context: { ...call.context, "aws:SourceArn": theirsBeside(call) } }));
      calls += theirs.length;
      return theirs.filter((call) => decide(synthesis, call).allowed).map(shown);
    });
    assert.ok(calls > 20, String(calls));
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
