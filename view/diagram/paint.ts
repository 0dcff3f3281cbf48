import type { Colour } from "./palette";

export type Theme = "auto" | "light" | "dark";

/**
 * Assigns colours to elements. The light colour is an attribute, which every renderer understands. The dark colour is a rule
 * in a media query, which browsers apply and librsvg ignores.
 */
export class Paint {
  readonly #colours: Colour[] = [];

  constructor(private readonly theme: Theme) {}

  /** Attributes of an element. An absent colour is not painted. */
  with({ fill, stroke }: { fill?: Colour; stroke?: Colour }): string {
    const classes = [...(fill ? [`f${this.#number(fill)}`] : []), ...(stroke ? [`s${this.#number(stroke)}`] : [])];
    const marked = this.theme === "auto" && classes.length > 0 ? `class="${classes.join(" ")}" ` : "";
    return `${marked}fill="${this.#base(fill)}"${stroke ? ` stroke="${this.#base(stroke)}"` : ""}`;
  }

  /** The style element for the dark colours. Call it after everything was painted. */
  style(): string {
    if (this.theme !== "auto") return "";
    const rules = this.#colours.map(
      ({ dark }, number) => `.vbp .f${number}{fill:${dark}}.vbp .s${number}{stroke:${dark}}`,
    );
    return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>`;
  }

  #base(colour: Colour | undefined): string {
    if (!colour) return "none";
    return this.theme === "dark" ? colour.dark : colour.light;
  }

  #number(colour: Colour): number {
    const known = this.#colours.indexOf(colour);
    return known >= 0 ? known : this.#colours.push(colour) - 1;
  }
}
