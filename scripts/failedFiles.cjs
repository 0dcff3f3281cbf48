// Mocha's reporter, which also writes the files with a failing test or hook to the file that its option `output` names.
const { writeFileSync } = require("node:fs");

const { Runner, reporters } = require("mocha");

module.exports = class FailedFiles extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const files = new Set();
    runner.on(Runner.constants.EVENT_TEST_FAIL, ({ file }) => {
      files.add(file);
      writeFileSync(options.reporterOptions.output, [...files].join("\n"));
    });
  }
};
