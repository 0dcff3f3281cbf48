import assert from "node:assert/strict";

import { bucketRegion, reachBuckets, s3Settings, type S3Settings } from "../../contract/s3";

describe("s3Settings", () => {
  const endpoint = "http://127.0.0.1:9000";
  const cases: [environment: Record<string, string>, settings: S3Settings][] = [
    [{}, { forcePathStyle: false }],
    [{ AWS_REGION: "eu-west-1" }, { region: "eu-west-1", forcePathStyle: false }],
    [{ AWS_DEFAULT_REGION: "eu-west-1" }, { region: "eu-west-1", forcePathStyle: false }],
    [
      { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "x" },
      { region: "eu-west-1", forcePathStyle: false },
    ],
    [{ AWS_ENDPOINT_URL: endpoint }, { region: "us-east-1", endpoint, forcePathStyle: true }],
    [
      { AWS_ENDPOINT_URL_S3: endpoint, AWS_ENDPOINT_URL: "x", AWS_REGION: "local" },
      { region: "local", endpoint, forcePathStyle: true },
    ],
  ];
  for (const [environment, settings] of cases) {
    it(`of ${JSON.stringify(environment)}`, () => assert.deepEqual(s3Settings(environment), settings));
  }
});

describe("reachBuckets", () => {
  const refusal = (status: number, region?: string) =>
    Object.assign(new Error(`${status} from ${region}`), {
      $metadata: { httpStatusCode: status },
      ...(region === undefined ? {} : { $response: { headers: { "x-amz-bucket-region": region } } }),
    });

  /** A client that fails with the refusals of its region, as long as there are some. */
  function clients(refusals: Record<string, Error[]>) {
    const log: string[] = [];
    const open = (region = "home") => ({
      config: { region: () => Promise.resolve(region) },
      send: ({ input }: { input: { Bucket: string } }) => {
        log.push(`${input.Bucket} in ${region}`);
        const error = refusals[region]?.shift();
        return error ? Promise.reject(error) : Promise.resolve(region);
      },
      destroy: () => void log.push(`closed ${region}`),
    });
    return { client: reachBuckets(open(), open), log };
  }
  const command = { input: { Bucket: "b" } };

  for (const status of [301, 307, 400]) {
    it(`sends a request again where ${status} says that the bucket is, and the next ones at once`, async () => {
      const { client, log } = clients({ home: [refusal(status, "away")] });
      assert.equal(await client.send(command), "away");
      assert.equal(await client.send(command), "away");
      client.destroy();
      assert.deepEqual(log, ["b in home", "b in away", "b in away", "closed home", "closed away"]);
    });
  }

  const others: [what: string, error: Error][] = [
    ["denies access", refusal(403, "away")],
    ["names no region", refusal(301)],
    ["is of the same region", refusal(400, "home")],
    ["is none", new Error("socket hang up")],
  ];
  for (const [what, error] of others) {
    it(`leaves an answer alone that ${what}`, async () => {
      const { client, log } = clients({ home: [error] });
      await assert.rejects(client.send(command), (thrown) => thrown === error);
      assert.deepEqual(log, ["b in home"]);
    });
  }

  it("sends a request no more than twice", async () => {
    const { client, log } = clients({ home: [refusal(301, "away")], away: [refusal(301, "home")] });
    await assert.rejects(client.send(command), { message: "301 from home" });
    assert.deepEqual(log, ["b in home", "b in away"]);
  });

  it("reads the region of any answer", () => {
    assert.equal(bucketRegion(refusal(403, "away")), "away");
    assert.equal(bucketRegion(new Error("socket hang up")), undefined);
  });
});
