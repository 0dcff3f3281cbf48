import { executeDocument } from "./execution";

describe("the examples of the command line, as they stand", () => {
  executeDocument("docs/command-line.md", (reader) => reader.inOwnProject());
});
