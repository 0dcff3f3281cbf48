import type { Existing } from "./resourceType";
import { arnsOf, arnsNamedBy, namesIt } from "./references";
import { refusalOfContent, refusalOfCreation, refusalOfDeletion } from "./refusals";
import { typeNamed } from "./types/types";

/** An AWS account of stand-ins: what exists in all its regions, what it refused, and what is wrong without being refused. */
export class Account {
  /** What AWS refused. A test that expects none asserts that it is empty. */
  readonly refused: string[] = [];
  /** What AWS would have accepted, but nobody can mean: names of what doesn't exist, writing over each other's work. */
  readonly suspicious: string[] = [];
  /** How often the deletion of a compute environment is refused after its queue has left it, as Batch does for a while. */
  refuseEnvironmentDeletions = 0;
  /** ARNs of what others made: a program can name them. */
  readonly others = new Set<string>();
  /** Buckets with objects in them. */
  readonly bucketsWithObjects = new Set<string>();
  private readonly existing = new Map<string, Existing>();

  all(type?: string): Existing[] {
    const all = [...this.existing.values()];
    return type === undefined ? all : all.filter((resource) => resource.type === type);
  }

  find(type: string, id: string, region?: string): Existing | undefined {
    return this.all(type).find(
      (resource) => resource.id === id && (region === undefined || resource.region === region),
    );
  }

  create(resource: Existing): void {
    this.refuseIf(refusalOfCreation(resource, this.all(resource.type), typeNamed(resource.type)));
    const { writesTo } = typeNamed(resource.type);
    const other = this.all(resource.type).find(
      ({ inputs }) => writesTo && inputs[writesTo] === resource.inputs[writesTo],
    );
    if (other) this.suspicious.push(`${resource.urn} overwrites what ${other.urn} wrote`);
    this.put(resource);
  }

  update(resource: Existing): void {
    this.put(resource);
  }

  delete(type: string, id: string, region: string): void {
    const resource = this.find(type, id, region);
    if (!resource) return void this.suspicious.push(`${type} ${id} is deleted, but doesn't exist`);
    const others = this.all().filter((other) => other !== resource);
    this.refuseIf(refusalOfDeletion(resource, others) ?? this.temporaryRefusal(resource));
    const user = others.find((other) => other.type !== type && namesIt(other.inputs, resource));
    if (user) this.suspicious.push(`${resource.urn} is deleted while ${user.urn} names it`);
    this.existing.delete(keyOf(resource));
  }

  private put(resource: Existing): void {
    this.refuseIf(refusalOfContent(resource, this.all()));
    const known = new Set([...this.others, ...this.all().flatMap(arnsOf)]);
    for (const named of arnsNamedBy(resource.inputs).filter((arn) => !known.has(arn))) {
      if (resource.type === "aws:batch/jobQueue:JobQueue") this.refuseIf(`ClientException: ${named} does not exist`);
      this.suspicious.push(`${resource.urn} names ${named}, which doesn't exist`);
    }
    this.existing.set(keyOf(resource), resource);
  }

  private temporaryRefusal({ type, inputs }: Existing): string | undefined {
    if (type === "aws:batch/computeEnvironment:ComputeEnvironment" && this.refuseEnvironmentDeletions > 0) {
      this.refuseEnvironmentDeletions -= 1;
      return `ClientException: Cannot delete, found existing JobQueue relationship (${String(inputs["name"])})`;
    }
    if (type !== "aws:s3/bucket:Bucket" || inputs["forceDestroy"] === true) return undefined;
    const name = String(inputs["bucket"]);
    return this.bucketsWithObjects.has(name) ? `BucketNotEmpty: The bucket ${name} is not empty` : undefined;
  }

  private refuseIf(refusal: string | undefined): void {
    if (refusal === undefined) return;
    this.refused.push(refusal);
    throw new Error(refusal);
  }
}

function keyOf({ type, region, id }: Existing): string {
  return [type, region, id].join("|");
}
