/** A string that Step Functions evaluates as JSONata, in one line. */
export function expression(code: string): string {
  return `{% ${code.trim().replace(/\s*\n\s*/g, " ")} %}`;
}
