/** Prints the help of a script and ends it, if that is asked for. Ends it with 2 on an option that it does not have. */
export function answerHelp(help, options = []) {
  const args = process.argv.slice(2);
  if (args.includes("--help") || args.includes("-h")) {
    console.log(help);
    process.exit(0);
  }
  const unknown = args.find((arg) => arg.startsWith("-") && !options.includes(arg));
  if (unknown === undefined) return;
  console.error(`There is no option ${unknown}.\n\n${help}`);
  process.exit(2);
}
