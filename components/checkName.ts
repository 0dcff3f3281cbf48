import { type Check, problem, when } from "./rules/problem";

/** The names of the bucket (63 characters, no underscore) and the roles (64) begin with the pipeline's. */
export const checkName: Check = ({ name }) =>
  when(!/^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(name), () =>
    problem(
      "name",
      "must be 1 to 32 letters, digits or hyphens, beginning with a letter",
      name,
      "The names of all resources begin with it: choose a short one like videos.",
    ),
  );
