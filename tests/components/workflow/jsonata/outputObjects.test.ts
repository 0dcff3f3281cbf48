import * as snippets from "../../../../components/workflow/jsonata/outputObjects";
import { outputs } from "../../../../contract/outputs";
import { fails, testSnippets } from "./table";

const { belowOutput, bucketOf, keyOf, namedAfterJob } = snippets;

describe("JSONata: objects below an output", () => {
  testSnippets<typeof snippets>({
    belowOutput: [
      ["a path", belowOutput("plan.json"), { output: "s3://o/a b" }, "s3://o/a b/plan.json"],
      ["a path with an apostrophe", belowOutput("it's"), { output: "s3://o" }, "s3://o/it's"],
      ["no output, of a workflow that needs none", belowOutput("plan.json"), { output: null }, "null/plan.json"],
    ],
    namedAfterJob: [
      [
        "the sentence of a job",
        namedAfterJob(outputs.failure, "$job"),
        { output: "s3://o/p", job: "42" },
        "s3://o/p/work/failures/42.txt",
      ],
      [
        "the order of a job",
        namedAfterJob(outputs.order, "$job"),
        { output: "s3://o/p", job: "42" },
        "s3://o/p/work/orders/42.json",
      ],
      [
        "no job: its object is not there",
        namedAfterJob(outputs.failure, "$job"),
        { output: "s3://o" },
        "s3://o/work/failures/.txt",
      ],
      [
        "a job of null",
        namedAfterJob(outputs.failure, "$job"),
        { output: "s3://o", job: null },
        "s3://o/work/failures/null.txt",
      ],
    ],
    bucketOf: [
      ["an object", bucketOf("$uri"), { uri: "s3://bucket/dir/a b" }, "bucket"],
      ["a file", bucketOf("$uri"), { uri: "file:///dir/a" }, ""],
      ["text without a key", bucketOf("$uri"), { uri: "s3://bucket" }, "bucket"],
      [
        "no text",
        bucketOf("$uri"),
        { uri: 1 },
        fails('Argument 1 of function "substringAfter" does not match function signature'),
      ],
    ],
    keyOf: [
      ["an object", keyOf("$uri"), { uri: "s3://bucket/dir/a#%20" }, "dir/a#%20"],
      ["a key that begins with a slash", keyOf("$uri"), { uri: "s3://bucket//a://b" }, "/a://b"],
      ["a file", keyOf("$uri"), { uri: "file:///dir/my a" }, "dir/my a"],
    ],
  });
});
