import type { Json } from "../../contract/asl";

/** The shape of a value in the model of a service's API. */
export interface Shape {
  type: string;
  required?: string[];
  members?: Record<string, Shape>;
  /** What each element of a list is. */
  member?: Shape;
  /** What each value of a map is. */
  value?: Shape;
  /** What the service itself checks: Step Functions does not. Lengths are those of texts and lists. */
  enum?: string[];
  min?: number;
  max?: number;
  pattern?: string;
}

export function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "list":
      return Array.isArray(value);
    case "map":
    case "structure":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
    case "long":
      return Number.isInteger(value);
    case "double":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    default:
      return typeof value === "string";
  }
}
