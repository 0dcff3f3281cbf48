import type { Json, JsonObject } from "../../contract/asl";
import { StatesError } from "./errors";

/**
 * The variables of one state machine or one run of a branch. A branch reads the variables of the machine around it; its
 * own end with it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 */
export class Variables {
  readonly #own = new Map<string, Json>();

  constructor(
    private readonly outer?: Variables,
    own: JsonObject = {},
  ) {
    for (const [name, value] of Object.entries(own)) this.#own.set(name, value);
  }

  /** The variables that this machine or branch itself assigned. */
  get own(): JsonObject {
    return Object.fromEntries(this.#own);
  }

  assign(values: JsonObject): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.outer?.has(name)) {
        throw new StatesError(
          "States.Runtime",
          `The variable '${name}' belongs to the state machine around this branch, which can read but not assign it. Use another name.`,
        );
      }
      this.#own.set(name, value);
    }
  }

  has(name: string): boolean {
    return this.#own.has(name) || (this.outer?.has(name) ?? false);
  }

  visible(): JsonObject {
    return { ...this.outer?.visible(), ...Object.fromEntries(this.#own) };
  }
}
