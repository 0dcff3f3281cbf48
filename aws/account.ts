import type * as batch from "@aws-sdk/client-batch";
import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import type * as s3 from "@aws-sdk/client-s3";
import type * as sfn from "@aws-sdk/client-sfn";

import { reachBuckets } from "../contract/s3";
import { explainErrors } from "./errors";

export interface AccountOptions {
  /** Defaults to the SDK's choice: AWS_REGION, or the profile's region. */
  region?: string;
  /** Endpoint of all services. Defaults to AWS_ENDPOINT_URL, or AWS's own. */
  endpoint?: string;
}

type Sfn = typeof sfn;
type Batch = typeof batch;
type Logs = typeof logs;
type S3 = typeof s3;

/**
 * The services of one account and region. Each SDK is loaded at its first call, because most commands never make one. Errors
 * of common causes become `UsageError`s with a remedy.
 */
export class Account {
  #sfn?: Promise<[Sfn, sfn.SFNClient]>;
  #batch?: Promise<[Batch, batch.BatchClient]>;
  #logs?: Promise<[Logs, logs.CloudWatchLogsClient]>;
  #s3?: Promise<[S3, s3.S3Client]>;

  constructor(readonly options: AccountOptions) {
    // Otherwise each client prints a warning about the Node.js version required from 2027 between the results.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  }

  async stepFunctions<T>(call: (sdk: Sfn, client: sfn.SFNClient) => Promise<T>): Promise<T> {
    this.#sfn ??= import("@aws-sdk/client-sfn").then((sdk) => [sdk, new sdk.SFNClient(this.#configuration())]);
    const [sdk, client] = await this.#sfn;
    return explainErrors(() => call(sdk, client), this.options.endpoint);
  }

  async batch<T>(call: (sdk: Batch, client: batch.BatchClient) => Promise<T>): Promise<T> {
    this.#batch ??= import("@aws-sdk/client-batch").then((sdk) => [sdk, new sdk.BatchClient(this.#configuration())]);
    const [sdk, client] = await this.#batch;
    return explainErrors(() => call(sdk, client), this.options.endpoint);
  }

  async logs<T>(call: (sdk: Logs, client: logs.CloudWatchLogsClient) => Promise<T>): Promise<T> {
    this.#logs ??= import("@aws-sdk/client-cloudwatch-logs").then((sdk) => [
      sdk,
      new sdk.CloudWatchLogsClient(this.#configuration()),
    ]);
    const [sdk, client] = await this.#logs;
    return explainErrors(() => call(sdk, client), this.options.endpoint);
  }

  async s3<T>(call: (sdk: S3, client: s3.S3Client) => Promise<T>): Promise<T> {
    this.#s3 ??= import("@aws-sdk/client-s3").then((sdk) => [sdk, openS3(sdk, this.#configuration())]);
    const [sdk, client] = await this.#s3;
    return explainErrors(() => call(sdk, client), this.options.endpoint);
  }

  #configuration(): AccountOptions {
    const { region, endpoint } = this.options;
    return { ...(region === undefined ? {} : { region }), ...(endpoint === undefined ? {} : { endpoint }) };
  }
}

function openS3(sdk: S3, options: AccountOptions): s3.S3Client {
  const open = (region = options.region): s3.S3Client =>
    new sdk.S3Client({
      ...options,
      ...(region === undefined ? {} : { region }),
      // Emulators use one host for all buckets.
      forcePathStyle: options.endpoint !== undefined,
    });
  return reachBuckets(open(), open);
}
