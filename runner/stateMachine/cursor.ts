import type { Json, JsonObject } from "../../contract/asl";
import { Variables } from "./variables";

/**
 * Where an execution stopped: the states that were entered and not left. A redrive resumes there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export interface Checkpoint {
  state: string;
  input: Json;
  variables: JsonObject;
  /** For each branch of a Parallel or item of a Map: where it stopped, or what it returned. Null if it did not begin. */
  branches?: (Checkpoint | Finished | null)[];
}

export interface Finished {
  output: Json;
}

/** Follows one run of a machine or branch. */
export class Cursor {
  state?: string;
  input: Json = null;
  readonly variables: Variables;
  branches?: (Cursor | Finished)[];

  constructor(outer?: Variables, from?: Checkpoint) {
    this.variables = new Variables(outer, from?.variables);
    if (!from) return;
    this.state = from.state;
    this.input = from.input;
    this.branches = from.branches?.map((branch) =>
      branch && "output" in branch ? branch : new Cursor(this.variables, branch ?? undefined),
    );
  }

  enter(state: string, input: Json): void {
    this.state = state;
    this.input = input;
  }

  /** The branches of the current state: those that a redrive resumes, or new ones. */
  inner(count: number): (Cursor | Finished)[] {
    const earlier = this.branches?.length === count ? this.branches : undefined;
    this.branches = earlier ?? Array.from({ length: count }, () => new Cursor(this.variables));
    return this.branches;
  }

  /** Null if the branch did not begin. */
  get checkpoint(): Checkpoint | null {
    if (this.state === undefined) return null;
    return {
      state: this.state,
      input: this.input,
      variables: this.variables.own,
      ...(this.branches
        ? { branches: this.branches.map((branch) => (branch instanceof Cursor ? branch.checkpoint : branch)) }
        : {}),
    };
  }
}
