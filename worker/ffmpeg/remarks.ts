/** Makes ffmpeg print all that it has to say, some hundred bytes a picture, and how severe each line is. */
export const WITH_REMARKS = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+debug"];

/** A line with its severity behind the components that print it. */
const MARKED = /^((?:\[[^\]]*\] )*)\[(panic|fatal|error|warning|info|verbose|debug|trace)\] ?(.*)$/;
const SEVERE = ["panic", "fatal", "error"];

/** The end of each line of a remark that goes on: that of a request has the request's own lines. */
const CONTINUED = "\r";

/** Takes a line of ffmpeg's own, and whether it is an error. */
export type OnLine = (text: string, isError: boolean) => void;

/** Divides what ffmpeg prints into errors, as it prints them if it prints nothing else, and remarks. Libraries mark nothing. */
export class Remarks {
  private begun = "";
  private continues = false;

  constructor(private readonly onLine: OnLine) {}

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
    if (this.continues) {
      this.continues = line.endsWith(CONTINUED);
      return "";
    }
    const [, components, severity, text] = MARKED.exec(line.trimEnd()) ?? [];
    if (components === undefined || severity === undefined || text === undefined) return `${line}\n`;
    const isError = SEVERE.includes(severity);
    this.onLine(text, isError);
    if (isError) return `${components}${text}\n`;
    this.continues = line.endsWith(CONTINUED);
    return "";
  }
}
