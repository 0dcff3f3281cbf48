export function stop(message, code) {
  console.error(message);
  process.exit(code);
}

/** Returns what a function returns, or ends the script with the message of its error. */
export function orStop(work) {
  try {
    return work();
  } catch (error) {
    return stop(error.message, 1);
  }
}
