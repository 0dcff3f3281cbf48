// The mechanical rules of this project's English, as plugins of remark and retext. What they can't see is read by people.
import { toString } from "nlcst-to-string";

/** A longer sentence has more than one idea, or is a list. */
const MAX_WORDS = 35;

/** What a sentence may not begin with. */
const OPENINGS = [
  [/^of\b/i, 'A sentence that begins with "Of" hides its subject: say who does what.'],
  [
    /^(?:at|beside|by|from|in|of|on|to|under|with) (?:it|that|them|these|this|those) (?:are|comes?|follows?|goes|has|have|is|lies?|stands?)\b/i,
    "Put the subject before the verb.",
  ],
];

/** What no sentence has, and what to write instead. A thing of the field has one word. */
const WORDS = [
  [/\b(?:is|are|was|were) to be\b/i, '"must be"'],
  [/\bin order to\b/i, '"to"'],
  [/\bfor ever\b/i, '"permanently"'],
  [/\bwithout further ado\b/i, "what isn't needed"],
  [/\b(?:anew|thereupon|wherein|whereby|whereof|therefrom)\b/i, "a word of today"],
  [/\b(?:may|can) nothing\b/i, "what isn't allowed"],
  [/\butili[sz]es?\b/i, '"use"'],
  [/\b(?:simply|obviously|of course)\b/i, "nothing instead: it isn't so for everybody"],
  [/\btells? of\b/i, '"says" or "reports"'],
  [/\bcannot\b/i, '"can\'t"'],
  [/\b(?:are|could|did|do|does|had|has|have|is|was|were|would) not\b/i, "the contraction, as everywhere else"],
  [/\bsound tracks?\b/i, '"audio track"'],
  [/\btime-outs?\b/i, '"timeout"'],
  [/\bfilesystems?\b/i, '"file system"'],
  [/\bbitrate ladders?\b/i, '"ladder"'],
  [/\b(?:quality levels?|bitrate variants?|resolution variants?)\b/i, '"rendition"'],
  [/\bwork(?:er)? queues?\b/i, '"job queue"'],
];

/** Words that begin with a capital wherever they stand. */
const NAMES = new Set([
  "Batch",
  "EventBridge",
  "Express",
  "Fargate",
  "Functions",
  "Lambda",
  "MediaConvert",
  "Pulumi",
  "Python",
  "Spot",
  "Step",
  "TypeScript",
]);

/** For retext: the sentences of a document, without its code. */
export function sentenceRules() {
  return (tree, file) => {
    for (const sentence of tree.children.flatMap((paragraph) => paragraph.children ?? [])) {
      if (sentence.type === "SentenceNode") for (const problem of problemsOf(sentence)) file.message(problem, sentence);
    }
  };
}

function* problemsOf(sentence) {
  const words = longestRun(sentence.children);
  if (words > MAX_WORDS)
    yield `${words} words are too many for one sentence: split it below ${MAX_WORDS + 1}, or make a list.`;
  const text = sentence.children
    .map((child) => (child.type === "SourceNode" ? "…" : toString(child)))
    .join("")
    .replace(/\s+/g, " ")
    .trim();
  for (const [opening, remedy] of OPENINGS) if (opening.test(text)) yield remedy;
  for (const [words, instead] of WORDS) {
    const found = words.exec(text);
    if (found) yield `"${found[0]}": write ${instead}.`;
  }
}

/** How many words the longest sentence has, without numbers: retext takes two for one if the second begins with code in lower case. */
function longestRun(nodes) {
  let words = 0;
  let longest = 0;
  for (const [index, { type }] of nodes.entries()) {
    const before = nodes.slice(Math.max(0, index - 2), index);
    const begins = type === "SourceNode" && /\.\s+$/.test(toString(before));
    if (begins) words = 0;
    const isNumber = /^[\d.,]+$/.test(toString(nodes[index]));
    if ((type === "WordNode" && !isNumber) || type === "SourceNode") words += 1;
    longest = Math.max(longest, words);
  }
  return longest;
}

/** For remark: headings are written like sentences, without a full stop. */
export function headingRules() {
  return (tree, file) => {
    for (const heading of tree.children.filter(({ type }) => type === "heading")) {
      const words = heading.children.flatMap((child) =>
        child.type === "text" ? child.value.split(/[^\p{L}\p{N}]+/u) : [],
      );
      for (const word of words.filter((word) => /^\p{L}/u.test(word)).slice(1)) {
        if (/^\p{Lu}\p{Ll}/u.test(word) && !NAMES.has(word))
          file.message(`"${word}": only the first word of a heading and names have a capital.`, heading);
      }
      if (heading.children.at(-1)?.value?.endsWith(".")) file.message("A heading has no full stop.", heading);
    }
  };
}
