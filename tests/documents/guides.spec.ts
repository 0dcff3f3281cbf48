import { DOCUMENTS } from "./commands";
import { executeDocument } from "./execution";

/** Begins where the package is installed, and has a suite of its own. */
const OF_PACKAGE = "docs/command-line.md";
/** Begins with the clone. */
const FIRST = "README.md";
/** Examples whose other commands run on Pulumi's engine, with the tools of their languages. */
const OF_LANGUAGES = ["examples/python/README.md", "examples/yaml/README.md"];

describe("the commands of the documents, as they stand", () => {
  executeDocument(FIRST, (reader) => reader.withoutClone());
  for (const document of [...DOCUMENTS, ...OF_LANGUAGES]) {
    if (document !== FIRST && document !== OF_PACKAGE) executeDocument(document);
  }
});
