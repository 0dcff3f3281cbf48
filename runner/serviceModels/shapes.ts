import createJob from "./createJob.json";
import models from "./operations.json";
import type { Shape } from "./shape";

const OPERATIONS: Record<string, Shape | undefined> = models.operations;
const CREATE_JOB = "mediaconvert:createJob";

/** What a call takes, such as `batch:submitJob`. Undefined for a call that has no model here. */
export function shapeOf(operation: string): Shape | undefined {
  return operation === CREATE_JOB ? createJobShape() : OPERATIONS[operation];
}

/** A shape whose parts may stand elsewhere, under a name: MediaConvert's have so many parts in common. */
type NamedShape = { shape: string } | (Omit<Shape, "members" | "member" | "value"> & NamedParts);
interface NamedParts {
  members?: Record<string, NamedShape>;
  member?: NamedShape;
  value?: NamedShape;
}

let known: Shape | undefined;

function createJobShape(): Shape {
  known ??= new Linker(createJob.shapes).named(createJob.input);
  return known;
}

/** Replaces names by the shapes that have them. */
class Linker {
  readonly #linked = new Map<string, Shape>();

  constructor(private readonly shapes: Record<string, NamedShape>) {}

  named(name: string): Shape {
    const linked = this.#linked.get(name) ?? this.#link(this.shapes[name] as NamedShape);
    this.#linked.set(name, linked);
    return linked;
  }

  #link(shape: NamedShape): Shape {
    if ("shape" in shape) return this.named(shape.shape);
    const { members, member, value, ...rest } = shape;
    return {
      ...rest,
      ...(member ? { member: this.#link(member) } : {}),
      ...(value ? { value: this.#link(value) } : {}),
      ...(members
        ? { members: Object.fromEntries(Object.entries(members).map(([name, part]) => [name, this.#link(part)])) }
        : {}),
    };
  }
}
