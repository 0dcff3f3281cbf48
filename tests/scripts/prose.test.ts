import assert from "node:assert/strict";
import path from "node:path";

interface ProseScript {
  problemsIn: (text: string) => Promise<string[]>;
  problemsOfErrors: (source: string) => Promise<string[]>;
}

const LONG = `${"One word ".repeat(17)}and more.`;

const WRONG: [text: string, ...problems: string[]][] = [
  [
    "It works. Of the renditions one is enough.",
    '1:11 A sentence that begins with "Of" hides its subject: say who does what.',
  ],
  ["From it comes the plan.", "1:1 Put the subject before the verb."],
  [`${LONG} It ends.`, "1:1 36 words are too many for one sentence: split it below 36, or make a list."],
  ["The job does not retry.", '1:1 "does not": write the contraction, as everywhere else.'],
  ["The job cannot retry.", '1:1 "cannot": write "can\'t".'],
  ["| step | text |\n| --- | --- |\n| one | It is to be done. |", '3:9 "is to be": write "must be".'],
  ["- A sound track per\n  language.", '1:3 "sound track": write "audio track".'],
  ["## The Job queue", '1:1 "Job": only the first word of a heading and names have a capital.'],
  ["## It ends.", "1:1 A heading has no full stop."],
  ["It plays the the video.", "1:10 Unexpected repeated `the`, remove one occurrence"],
  ["A array of jobs.", "1:1 Unexpected article `A` before `array`, expected `An`"],
];

const RIGHT = [
  "Step Functions waits for an ffmpeg and `the the` job, which isn't code of `does not`.",
  "# 1. The state machine of AWS Batch and Step Functions\n\n```sh\n# This does not read code\n```",
  "---\nname: Something Is Wrong\n---\n\n<!-- Of this nobody reads anything. -->\n",
  LONG.replace("and ", ""),
  `${LONG.replace("and ", "")} \`run\` is another sentence.`,
];

/** Statements of a program. */
const WRONG_ERRORS: [source: string, ...problems: string[]][] = [
  ['throw new Refusal("It cannot be read.");', '1 "cannot": write "can\'t".'],
  [
    "\nreturn new InputError(`${name} is not a video: ${reason}`);",
    '2 "is not": write the contraction, as everywhere else.',
  ],
  [
    'fail(new Error(\n  isOld ? "It is to be made." : `In order to ${act}.`));',
    '2 "is to be": write "must be".',
    '2 "In order to": write "to".',
  ],
];

const RIGHT_ERRORS = `
  throw new InputError(\`\${name} has no \${a} \${b}\${c ? ", which is not text" : ""}, and \${d} ends.\`);
  throw new StatesError("S3.NoSuchKeyException", "The specified key does not exist.");
  throw new InputError(\`Join them with \\\`ffmpeg ${"-i ${file} ".repeat(20)}\\\`, and start again.\`);
  log("It does not say why."); // It is not an error.
`;

describe("npm run prose", () => {
  const load = async (): Promise<ProseScript> =>
    (await import(path.resolve(__dirname, "../../scripts/prose.mjs"))) as ProseScript;
  const problemsIn = async (text: string): Promise<string[]> => (await load()).problemsIn(text);

  for (const [text, ...problems] of WRONG) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, async () => {
      assert.deepEqual(await problemsIn(text), problems);
    });
  }

  it("accepts sentences that keep the rules, and reads neither code nor comments nor front matter", async () => {
    for (const text of RIGHT) assert.deepEqual(await problemsIn(text), [], text);
  });

  for (const [source, ...problems] of WRONG_ERRORS) {
    it(`refuses an error of ${source.trim()}`, async () => {
      assert.deepEqual(await (await load()).problemsOfErrors(source), problems);
    });
  }

  it("accepts errors that keep the rules, and reads neither values nor what AWS says nor other texts", async () => {
    assert.deepEqual(await (await load()).problemsOfErrors(RIGHT_ERRORS), []);
  });
});
