// Screens of a terminal as an animated SVG, which is sharp at any size, follows the reader's light or dark, and needs no script.

const COLUMNS = 80;
const CHARACTER = 9;
const LINE = 20;
const MARGIN = 14;
/** Milliseconds that the last screen stays. */
const END = 6_000;

const STYLE = `
text { font: 15px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1b2430 }
.page { fill: #f5f7f9; stroke: #d3dae2 } .bold { font-weight: 700 } .dim { fill: #5a6675 } .good { fill: #187a45 } .bad { fill: #c2382d } .busy { fill: #2168b0 }
@media (prefers-color-scheme: dark) { text { fill: #e7ecf2 } .page { fill: #0f1216; stroke: #333c47 } .dim { fill: #9aa7b6 } .good { fill: #57cf8c } .bad { fill: #ff8a7d } .busy { fill: #6fb2f2 } }`;

/**
 * @param {import("./terminal.mjs").Frame[]} recorded
 * @param {{ title: string, description: string }} texts
 */
export function animate(recorded, { title, description }) {
  const frames = recorded.map(({ at, lines }) => ({ at: Math.round(at), lines }));
  const rows = Math.max(...frames.map(({ lines }) => lines.length));
  const [width, height] = [COLUMNS * CHARACTER + 2 * MARGIN, rows * LINE + 2 * MARGIN];
  const texts = [...new Set(frames.flatMap(({ lines }) => lines.map(textOf)))].filter((text) => text !== "");
  const ids = new Map(texts.map((text, index) => [text, `l${index}`]));
  const duration = frames.at(-1).at + END;
  const steps = frames.map(
    ({ at }, index) => `${percent(at / duration)} { transform: translateY(${-index * height}px) }`,
  );
  const last = `translateY(${-(frames.length - 1) * height}px)`;
  const screens = frames.map(({ at, lines }, index) => {
    const uses = lines.flatMap((line, row) => {
      const id = ids.get(textOf(line));
      return id === undefined ? [] : [`<use href="#${id}" y="${row * LINE}"/>`];
    });
    return `<g data-at="${at}" transform="translate(0 ${index * height})">${uses.join("")}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<!-- Made by \`npm run recording\` from a run. A test compares it with what a run prints. -->
<title>${escape(title)}</title>
<desc>${escape(description)}</desc>
<style>${STYLE}
.film { animation: film ${duration}ms step-end infinite }
@keyframes film { ${steps.join(" ")} }
@media (prefers-reduced-motion: reduce) { .film { animation: none; transform: ${last} } }
</style>
<defs>
${texts.map((text) => `<text id="${ids.get(text)}" x="${MARGIN}" y="${MARGIN + 15}">${text}</text>`).join("\n")}
</defs>
<rect class="page" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
<g class="film">
${screens.join("\n")}
</g>
</svg>
`;
}

/** The screens of a picture that `animate` made. */
export function framesIn(svg) {
  const texts = new Map(
    [...svg.matchAll(/<text id="(\w+)"[^>]*>(.*)<\/text>/g)].map(([, id, text]) => [id, lineOf(text)]),
  );
  return [...svg.matchAll(/<g data-at="(\d+)"[^>]*>(.*)<\/g>/g)].map(([, time, uses]) => {
    const lines = [];
    for (const [, id, y] of uses.matchAll(/href="#(\w+)" y="(\d+)"/g)) lines[Number(y) / LINE] = texts.get(id);
    return { at: Number(time), lines: Array.from(lines, (line) => line ?? []) };
  });
}

/** Title and description of a picture that `animate` made. */
export function textsIn(svg) {
  const [, title = ""] = /<title>(.*)<\/title>/.exec(svg) ?? [];
  const [, description = ""] = /<desc>(.*)<\/desc>/.exec(svg) ?? [];
  return { title: unescape(title), description: unescape(description) };
}

function percent(share) {
  return `${Number((share * 100).toFixed(3))}%`;
}

/** Every piece begins at its own column, whatever widths the reader's font gives to blocks and marks. */
function textOf(line) {
  let column = 0;
  return line
    .flatMap(([style, text]) =>
      text.split(/(?<= {2})(?=[^ ])/).map((part) => {
        const x = MARGIN + column * CHARACTER;
        column += [...part].length;
        return part.trim() === "" ? "" : `<tspan x="${x}" class="${style}">${escape(part.trimEnd())}</tspan>`;
      }),
    )
    .join("");
}

function lineOf(text) {
  const line = [];
  let column = 0;
  for (const [, x, style, part] of text.matchAll(/<tspan x="(\d+)" class="(\w+)">([^<]*)<\/tspan>/g)) {
    const gap = (Number(x) - MARGIN) / CHARACTER - column;
    const piece = unescape(part);
    line.push(["plain", " ".repeat(gap)], [style, piece]);
    column += gap + [...piece].length;
  }
  return line;
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

function escape(text) {
  return text.replace(/[&<>]/g, (character) => ENTITIES[character]);
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
