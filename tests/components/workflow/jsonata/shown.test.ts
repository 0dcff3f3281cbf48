import * as snippets from "../../../../components/workflow/jsonata/shown";
import { type Row, testSnippets } from "./table";

const shown = (code: string): string => `(${snippets.bindShown()} $shown(${code}))`;

describe("JSONata: what is shown of any value", () => {
  testSnippets<typeof snippets>({
    bindShown: [
      ["text", shown("$value"), { value: "s3://m/a.mp4" }, "s3://m/a.mp4"],
      ["null", shown("$value"), { value: null }, null],
      ["an object", shown("$value"), { value: { deep: true } }, '{"deep":true}'],
      ["endless text", shown("$value"), { value: "x".repeat(250_000) }, "x".repeat(2048)],
    ] satisfies Row[],
  });
});
