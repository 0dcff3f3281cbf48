import type { Synthesis, SynthesisedResource } from "../../runner/synthesis/synthesis";
import { countNoun } from "../text/format";
import { concernOf, CONCERNS, shortType } from "./concerns";
import { factsOf } from "./facts";

/** Lists what a program would create: each component with its resources by concern and their most important facts. */
export function resourceTree({ project, stack, resources }: Synthesis): string {
  const parents = new Set(resources.map(({ parent }) => parent));
  const components = resources.filter(({ urn }) => parents.has(urn));
  const known = new Set(resources.map(({ urn }) => urn));
  const lines: string[] = [];
  const others = resources.filter(({ urn, parent }) => !known.has(parent) && !parents.has(urn));
  const [names, types] = [
    width(resources.map(({ name }) => name)),
    width(resources.map(({ type }) => shortType(type))),
  ];
  for (const component of components) {
    const own = resources.filter(({ parent, urn }) => parent === component.urn && !parents.has(urn));
    lines.push(`${component.name}  ${shortType(component.type)}`, ...byConcern(own, names, types), "");
  }
  if (others.length > 0) lines.push(...byConcern(others, names, types), "");
  return `${lines.join("\n")}\n${countNoun(resources.length, "resource")} in ${project}/${stack}\n`;
}

function byConcern(resources: SynthesisedResource[], names: number, types: number): string[] {
  return CONCERNS.flatMap((concern) => {
    const members = resources.filter(({ type }) => concernOf(type) === concern);
    if (members.length === 0) return [];
    const memberLines = members.map((resource) => {
      const { name, type } = resource;
      return `    ${name.padEnd(names)}  ${shortType(type).padEnd(types)}  ${factsOf(resource)}`.trimEnd();
    });
    return [`  ${concern}`, ...memberLines];
  });
}

function width(texts: string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}
