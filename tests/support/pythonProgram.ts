/** A call as it stands in the text. */
interface Call {
  class: string;
  positional: Value[];
  keywords: Record<string, Value>;
}

type Value = string | number | boolean | null | Value[] | Map<string, Value> | Call;

/** Of an assignment `name = package.Class("name", keyword=value)`. */
export interface PythonResource {
  class: string;
  name: string;
  /** In the spelling of other languages: `maxVcpus` for `max_vcpus`. */
  args: Record<string, unknown>;
}

/** Every resource that a program assigns to a variable. Throws for what is more than literals and calls with literals. */
export function resourcesOfPython(text: string): PythonResource[] {
  return [...text.matchAll(/^\w+ = (?=[\w.]+\()/gm)].map((match) => {
    const value = new Reader(text, match.index + match[0].length).value();
    if (!isCall(value)) throw new Error(`${match[0]} is no call.`);
    const [name] = value.positional;
    if (typeof name !== "string") throw new Error(`${value.class} has no name.`);
    return { class: value.class, name, args: argumentsOf(value) };
  });
}

function isCall(value: Value): value is Call {
  return typeof value === "object" && value !== null && "keywords" in value;
}

function argumentsOf({ keywords }: Call): Record<string, unknown> {
  return Object.fromEntries(Object.entries(keywords).map(([key, value]) => [camelCase(key), plain(value)]));
}

/** Objects of classes become objects in our spelling; the keys of dictionaries are the user's own. */
function plain(value: Value): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, plain(entry)]));
  return isCall(value) ? argumentsOf(value) : value;
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const CONSTANTS: Record<string, Value> = { True: true, False: false, None: null };

/** Of Python as much as declarations need: texts, numbers, constants, lists, dictionaries, and calls with keywords. */
class Reader {
  constructor(
    private readonly text: string,
    private at: number,
  ) {}

  value(): Value {
    if (this.take(/\[/y)) return this.until(/\]/y, () => this.value());
    if (this.take(/\{/y)) return new Map(this.until(/\}/y, () => this.entry()));
    const text = this.take(/"(?:[^"\\\n]|\\.)*"/y);
    if (text !== undefined) return JSON.parse(text) as string;
    const number = this.take(/-?\d+(?:\.\d+)?/y);
    if (number !== undefined) return Number(number);
    const word = this.take(/[A-Za-z_][\w.]*/y) ?? "";
    if (word in CONSTANTS) return CONSTANTS[word] as Value;
    if (word === "" || !this.take(/\(/y)) throw this.unreadable();
    return this.call(word);
  }

  private call(name: string): Call {
    const positional: Value[] = [];
    const keywords: Record<string, Value> = {};
    this.until(/\)/y, () => {
      const keyword = this.take(/\w+=(?!=)/y);
      if (keyword === undefined) positional.push(this.value());
      else keywords[keyword.slice(0, -1)] = this.value();
    });
    return { class: name, positional, keywords };
  }

  private entry(): [string, Value] {
    const key = this.value();
    if (typeof key !== "string" || !this.take(/:/y)) throw this.unreadable();
    return [key, this.value()];
  }

  /** Members up to a closing bracket, with commas between them, and maybe one behind the last. */
  private until<T>(close: RegExp, member: () => T): T[] {
    const members: T[] = [];
    while (!this.take(close)) {
      members.push(member());
      if (this.take(/,/y)) continue;
      if (!this.take(close)) throw this.unreadable();
      break;
    }
    return members;
  }

  /** What stands next, behind blanks and comments, if it is that. */
  private take(expression: RegExp): string | undefined {
    this.at += this.match(/(?:\s|#[^\n]*)*/y)?.length ?? 0;
    const found = this.match(expression);
    this.at += found?.length ?? 0;
    return found;
  }

  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    return expression.exec(this.text)?.[0];
  }

  private unreadable(): Error {
    return new Error(`Nothing here reads ${JSON.stringify(this.text.slice(this.at, this.at + 40))}.`);
  }
}
