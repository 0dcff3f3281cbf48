/** Makes ffmpeg print all that it has to say, some hundred bytes a picture, and how severe each line is. */
export const WITH_REMARKS = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+debug"];

/** A line with its severity behind the components that print it. */
const MARKED = /^((?:\[[^\]]*\] )*)\[(panic|fatal|error|warning|info|verbose|debug|trace)\] (.*)$/;
const SEVERE = ["panic", "fatal", "error"];

/** Divides what ffmpeg prints into errors, as it prints them if it prints nothing else, and remarks. Libraries mark nothing. */
export class Remarks {
  private begun = "";

  constructor(private readonly onRemark: (text: string) => void) {}

  /** Takes the next piece, and returns the errors in it. */
  errorsIn(piece: string): string {
    const lines = (this.begun + piece).split("\n");
    this.begun = lines.pop() ?? "";
    return lines.map((line) => this.errorIn(line)).join("");
  }

  /** Returns what is left if it is an error. */
  flush(): string {
    return this.begun === "" ? "" : this.errorsIn("\n");
  }

  private errorIn(line: string): string {
    const [, components, severity, text] = MARKED.exec(line) ?? [];
    if (components === undefined || severity === undefined || text === undefined) return `${line}\n`;
    if (SEVERE.includes(severity)) return `${components}${text}\n`;
    this.onRemark(text);
    return "";
  }
}
