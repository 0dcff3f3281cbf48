import { bind, type Code } from "./code";

/** Characters of the input and of the output in what is sent. Only nonsense is longer, and would exceed the limits of SNS and EventBridge. */
const MAX_VALUE = 2048;

/** Binds `$shown`: a function that turns any value but null into text of limited length. */
export function bindShown(): Code {
  const text = "$type($value) = 'string' ? $value : $string($value)";
  return bind("$shown", `function($value) {$type($value) = 'null' ? null : $substring(${text}, 0, ${MAX_VALUE})}`);
}
