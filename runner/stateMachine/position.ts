import type { Json, JsonObject } from "../../contract/asl";
import { Variables } from "./variables";

/**
 * Where an execution stood when it ended: the states that were entered and not left. A redrive goes on from there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export interface Position {
  state: string;
  input: Json;
  variables: JsonObject;
  /** Of a Parallel or Map, by branch or item: where it stood, or what came out of it. */
  branches?: (Position | Finished | null)[];
}

export interface Finished {
  output: Json;
}

/** Follows one run of a machine or branch. */
export class Place {
  state?: string;
  input: Json = null;
  readonly variables: Variables;
  branches?: (Place | Finished)[];

  constructor(outer?: Variables, from?: Position) {
    this.variables = new Variables(outer, from?.variables);
    if (!from) return;
    this.state = from.state;
    this.input = from.input;
    this.branches = from.branches?.map((branch) =>
      branch && "output" in branch ? branch : new Place(this.variables, branch ?? undefined),
    );
  }

  enter(state: string, input: Json): void {
    this.state = state;
    this.input = input;
  }

  /** The branches of the state that stands here: those of before, or new ones. */
  inner(count: number): (Place | Finished)[] {
    const earlier = this.branches?.length === count ? this.branches : undefined;
    this.branches = earlier ?? Array.from({ length: count }, () => new Place(this.variables));
    return this.branches;
  }

  /** Nothing for a branch that was not begun. */
  get position(): Position | null {
    if (this.state === undefined) return null;
    return {
      state: this.state,
      input: this.input,
      variables: this.variables.own,
      ...(this.branches
        ? { branches: this.branches.map((branch) => (branch instanceof Place ? branch.position : branch)) }
        : {}),
    };
  }
}
