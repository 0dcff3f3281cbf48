// A program on a terminal, as a person sees it: the screens that it shows, with their times.
import { spawn } from "node:child_process";

const COLUMNS = 80;
const ESCAPE = "\x1b";
/** More than any screen has, so that nothing scrolls away. */
const ROWS = 60;

/** @typedef {[style: string, text: string][]} Line The pieces of a line, each in one style. */
/** @typedef {{ at: number, lines: Line[] }} Frame What is on the screen from a time on, in milliseconds. */

/**
 * Starts a command of a shell on a pseudo-terminal of 80 columns.
 *
 * @param {string} command
 * @param {{ cwd: string, env?: object }} options
 * @returns `frames` grows while the program runs; `ended` resolves to its exit code; `interrupt` presses Ctrl-C.
 */
export function startOnTerminal(command, { cwd, env = process.env }) {
  const sized = `stty cols ${COLUMNS} rows ${ROWS}; ${command}`;
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", sized, "/dev/null"], {
    cwd,
    env: { ...env, TERM: "xterm-256color", SHELL: "/bin/sh" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const screen = new Screen();
  /** @type {Frame[]} */
  const frames = [];
  const begun = Date.now();
  child.stdout.setEncoding("utf8").on("data", (text) => {
    screen.write(text);
    frames.push({ at: Date.now() - begun, lines: screen.lines() });
  });
  const ended = new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  return { frames, ended, interrupt: () => child.stdin.write("\x03") };
}

/** The screen of a terminal that knows the codes of the command line and of npm. */
export class Screen {
  #cells = [[]];
  #row = 0;
  #column = 0;
  #style = "plain";
  #rest = "";

  write(text) {
    const known = new RegExp(`${ESCAPE}\\[\\??[\\d;]*[A-Za-z]|[\\r\\n]|[^${ESCAPE}\\r\\n]+`, "gy");
    const all = this.#rest + text;
    let read = 0;
    for (const { 0: piece, index } of all.matchAll(known)) {
      this.#apply(piece);
      read = index + piece.length;
    }
    // The rest of a code comes with the next piece.
    this.#rest = all.slice(read);
    if (this.#rest.length > 1 && !/^.\[[?\d;]*$/.test(this.#rest)) throw unknown(this.#rest);
  }

  /** @returns {Line[]} */
  lines() {
    const lines = this.#cells.map(piecesOf);
    while (lines.at(-1)?.length === 0) lines.pop();
    return lines;
  }

  #apply(piece) {
    if (piece === "\r") this.#column = 0;
    else if (piece === "\n") this.#move(1);
    else if (piece.startsWith(ESCAPE)) this.#control(piece.slice(2, -1), piece.at(-1));
    else for (const character of piece) this.#print(character);
  }

  #print(character) {
    if (this.#column === COLUMNS) {
      this.#move(1);
      this.#column = 0;
    }
    this.#cells[this.#row][this.#column++] = { character, style: this.#style };
  }

  #move(rows) {
    this.#row = Math.max(0, this.#row + rows);
    while (this.#cells.length <= this.#row) this.#cells.push([]);
  }

  #control(parameters, command) {
    if (parameters === "?25" && /[hl]/.test(command)) return;
    if (command === "A") this.#move(-Number(parameters || 1));
    else if (command === "G") this.#column = Number(parameters || 1) - 1;
    else if (command === "K" && /^0?$/.test(parameters)) this.#cells[this.#row].length = this.#column;
    else if (command === "J" && /^0?$/.test(parameters)) {
      this.#cells.length = this.#row + 1;
      this.#cells[this.#row].length = this.#column;
    } else if (command === "m") this.#style = styleOf(parameters);
    else throw unknown(`${ESCAPE}[${parameters}${command}`);
  }
}

function unknown(code) {
  return new Error(`The terminal of the recording does not know the code ${JSON.stringify(code)}. Add it to Screen.`);
}

const STYLES = { "": "plain", "0": "plain", "1": "bold", "2": "dim", "31": "bad", "32": "good", "36": "busy" };

function styleOf(parameters) {
  const style = STYLES[parameters];
  if (style === undefined) throw unknown(`${ESCAPE}[${parameters}m`);
  return style;
}

/** Cells of one style together, without blanks at the end. */
function piecesOf(cells) {
  const pieces = [];
  for (const { character, style } of Array.from(cells, (cell) => cell ?? { character: " ", style: "plain" })) {
    const last = pieces.at(-1);
    if (last?.[0] === style) last[1] += character;
    else pieces.push([style, character]);
  }
  while (pieces.length > 0) {
    const last = pieces.at(-1);
    last[1] = last[1].trimEnd();
    if (last[1] !== "") break;
    pieces.pop();
  }
  return pieces;
}
