import assert from "node:assert/strict";

import { type Code, expression } from "../../../../components/workflow/jsonata/code";
import type { Json, JsonObject } from "../../../../contract/asl";
import { StatesError } from "../../../../runner/stateMachine/errors";
import { Evaluator } from "../../../../runner/stateMachine/expressions";

/** When the snippets are evaluated. */
export const NOW = Date.UTC(2026, 0, 1);

/** Step Functions ends a state whose expression has no value. Inside a list, an object or `orElse`, that is allowed. */
export const NOTHING = { problem: "returned nothing (undefined)." };

/** The end of an error that ends the state. */
export const fails = (problem: string): { problem: string } => ({ problem });

/** A snippet, what it reads by the names of variables, and what it yields. */
export type Row = [what: string, code: Code, reads: JsonObject, yields: Json | { problem: string }];

/** The rows of every snippet of a file, by the name of what makes it. */
export type Table<M> = { [K in keyof M as M[K] extends number ? never : K]: Row[] };

/** Evaluates all rows with the evaluator that runs the workflow on this machine. */
export function testSnippets<M>(table: Table<M>): void {
  const evaluator = new Evaluator({ now: () => NOW, random: () => 0 });
  for (const [snippet, rows] of Object.entries<Row[]>(table)) {
    describe(snippet, () => {
      for (const [what, code, reads, yields] of rows) {
        it(what, async () => {
          const evaluated = evaluator.evaluate(expression(code), "Field", "State", reads);
          if (!isProblem(yields)) assert.deepEqual(await evaluated, yields);
          else
            await assert.rejects(evaluated, (error) => error instanceof StatesError && endsWith(error, yields.problem));
        });
      }
    });
  }
}

function isProblem(yields: Row[3]): yields is { problem: string } {
  return typeof yields === "object" && yields !== null && "problem" in yields;
}

function endsWith({ cause = "" }: StatesError, problem: string): boolean {
  assert.equal(cause.slice(-problem.length), problem);
  return true;
}
