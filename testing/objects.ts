import type { JsonObject } from "../contract/asl";
import { resourceOf } from "../contract/serviceCalls";
import type { Clock } from "../runner/clock/clock";
import { getObject, headObject, listObjectsV2 } from "../runner/integrations/s3";
import { refuseLarge, sizedResult } from "../runner/integrations/resultSize";
import { etagOf } from "../runner/integrations/s3Files";
import { type ListedObject, listPage } from "../runner/integrations/s3Listing";
import { StatesError } from "../runner/stateMachine/errors";
import type { TaskHandler, TaskHandlers } from "../runner/stateMachine/task";

interface StoredObject {
  bytes: Buffer;
  modified: string;
}

/** S3 objects of a scripted run, in memory. */
export class StoredObjects {
  readonly #objects = new Map<string, StoredObject>();

  constructor(private readonly clock: Clock) {}

  put(uri: string, content: string | Buffer): void {
    const modified = new Date(this.clock.now()).toISOString();
    this.#objects.set(uri, { bytes: Buffer.from(content), modified });
  }

  /** The URIs of all objects, in the order in which they came. */
  get uris(): string[] {
    return [...this.#objects.keys()];
  }

  /** What answers the calls of S3. */
  get handlers(): TaskHandlers {
    const answer = ({ fields }: TaskHandler, run: (args: JsonObject) => JsonObject): TaskHandler => ({
      fields,
      // eslint-disable-next-line @typescript-eslint/require-await -- a handler may wait, this one has nothing to wait for
      run: async (args) => run(args),
    });
    return {
      [resourceOf("aws-sdk:s3:getObject")]: answer(getObject, (args) => this.#get(args)),
      [resourceOf("aws-sdk:s3:headObject")]: answer(headObject, (args) => this.#head(args)),
      [resourceOf("aws-sdk:s3:listObjectsV2")]: answer(listObjectsV2, (args) => this.#list(args)),
    };
  }

  #get(args: JsonObject): JsonObject {
    const { uri, object } = this.#find(args);
    refuseLarge(uri, object.bytes.length);
    return { ...described(object), Body: object.bytes.toString("utf8") };
  }

  #head(args: JsonObject): JsonObject {
    return described(this.#find(args).object);
  }

  #list(args: JsonObject): JsonObject {
    const begin = `s3://${args["Bucket"] as string}/`;
    const objects = [...this.#objects].flatMap(([uri, { bytes, modified }]): ListedObject[] =>
      uri.startsWith(begin)
        ? [{ key: uri.slice(begin.length), size: bytes.length, etag: etagOf(bytes), modified }]
        : [],
    );
    return sizedResult("s3:listObjectsV2", listPage(objects, args));
  }

  #find({ Bucket, Key }: JsonObject): { uri: string; object: StoredObject } {
    const uri = `s3://${Bucket as string}/${Key as string}`;
    const object = this.#objects.get(uri);
    if (object) return { uri, object };
    const there = this.uris.join(", ") || "none";
    throw new StatesError("S3.NoSuchKeyException", `There is no object ${uri}. This run has: ${there}.`);
  }
}

function described({ bytes, modified }: StoredObject): JsonObject {
  return {
    ...{ AcceptRanges: "bytes", ContentLength: bytes.length, ETag: etagOf(bytes), LastModified: modified },
    Metadata: {},
  };
}
