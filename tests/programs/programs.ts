import type { Files } from "./layouts";
import { ES_MODULE, program } from "./things";

/** A program in JavaScript. */
const javascript = (lines: string): Files => ({ "infra/Pulumi.yaml": "", "infra/index.js": program(lines) });
const withOptions = (options: string): string => `runtime: { name: nodejs, options: { ${options} } }`;
/** Types of the SDK are checked in seconds. These do without. */
const UNCHECKED = '{ "compilerOptions": { "noCheck": true } }';

/** Programs in `infra/` that Pulumi runs, beside those that only differ in their entry. */
export const PROGRAMS: Record<string, Files> = {
  "exports a function": javascript('module.exports = () => { thing("one"); return { made: "in a function" }; };'),
  "exports an async function": javascript(
    'module.exports = async () => { await null; thing("one"); return { made: "later" }; };',
  ),
  "exports a promise": javascript('module.exports = (async () => { thing("one"); return { made: "later" }; })();'),
  "exports a default function from CommonJS": {
    "infra/Pulumi.yaml": "",
    "infra/tsconfig.json": UNCHECKED,
    "infra/index.ts": "export default async () => ({ made: 1 });",
  },
  "exports a default function from an ES module": {
    "infra/package.json": '{ "type": "module" }',
    "infra/Pulumi.yaml": "",
    "infra/index.js": `${ES_MODULE.js.replace("export const made = true", "export default async () => ({ made: 1 })")}`,
  },
  "exports secrets, resources, promises and what is nested": javascript(`
    exports.secret = pulumi.secret({ key: "value" });
    exports.resource = thing("one", { size: 1 });
    exports.later = Promise.resolve([1, { deep: pulumi.output("value") }]);
    exports.nothing = null;`),
  "reads configuration, secrets too": {
    "infra/Pulumi.yaml": "config: { size: { type: integer, default: 3 }, aws:region: { value: eu-west-1 } }",
    "infra/Pulumi.dev.yaml": "config: { demo:list: [1, { a: 2 }], demo:token: { secure: AAABAG } }",
    "infra/index.js": program(`
      const config = new pulumi.Config();
      thing("one", { size: config.requireNumber("size"), list: config.requireObject("list") });
      thing("two", { token: config.requireSecret("token"), region: new pulumi.Config("aws").get("region") });
      exports.token = config.requireSecret("token");`),
  },
  "has components, options and dependencies": javascript(`
    class Group extends pulumi.ComponentResource {
      constructor(name) {
        super("demo:index:Group", name);
        this.member = thing(name + "-member", {}, { parent: this, protect: true });
        this.registerOutputs({});
      }
    }
    const provider = new pulumi.ProviderResource("demo", "elsewhere", {});
    const group = new Group("group");
    const first = thing("first", { group: group.urn, member: group.member.id }, { provider, retainOnDelete: true });
    thing("second", { first }, { dependsOn: [first, group], deleteBeforeReplace: true, ignoreChanges: ["size"] });`),
  "goes on after it returned, with a timer, a file and a process": javascript(`
    setTimeout(() => thing("timer"), 50);
    (async () => {
      for (let read = 0; read < 3; read++) await require("node:fs/promises").readFile(__filename);
      thing("file");
    })();
    require("node:child_process").execFile(process.execPath, ["--version"], () => thing("process"));`),
  "registers more when its process is about to exit": javascript(`
    let called = false;
    process.on("beforeExit", () => {
      if (!called) thing("last");
      called = true;
    });`),
  "uses a package that registers more when the process is about to exit": javascript(`
    const bucket = new (require("@pulumi/aws/s3").Bucket)("videos");
    bucket.onObjectCreated("seen", new (require("@pulumi/aws/lambda").Function)("see", { role: "role", code: null }));`),
  "registers resources in a module outside its folder": {
    "shared/bucket.js": program('thing("shared");'),
    "infra/Pulumi.yaml": "",
    "infra/index.js": program('require("../shared/bucket"); thing("own");'),
  },
  "loads an ES module": {
    "infra/Pulumi.yaml": "",
    "infra/index.js": program('module.exports = async () => ({ value: (await import("./other.mjs")).value });'),
    "infra/other.mjs": `
      import * as pulumi from "@pulumi/pulumi";
      new pulumi.CustomResource("demo:index:Thing", "other", {});
      export const value = 1;`,
  },
  "changes its environment, arguments and folder": javascript(`
    thing("one", { seen: process.env.DEMO ?? "nothing", arguments: process.argv.slice(2), folder: process.cwd() });
    process.env.DEMO = "seen";
    process.argv.push("more");
    process.chdir("/");`),
  "is compiled by the options of its tsconfig.json": {
    "infra/Pulumi.yaml": "",
    "infra/tsconfig.json":
      '{ "compilerOptions": { "noCheck": true, "experimentalDecorators": true, "emitDecoratorMetadata": true, "useDefineForClassFields": false } }',
    "infra/index.ts": `
      const types: string[] = [];
      (Reflect as any).metadata = (key: string, value: any) => () => { types.push(key + " " + (value.name ?? value)); };
      const decorate = (target: object, key: string) => {};
      class Decorated { @decorate size: number; }
      export const seen = [...types, ...Object.keys(new Decorated())];`,
  },
  "is compiled by the tsconfig that runtime.options name": {
    "infra/Pulumi.yaml": withOptions("tsconfig: tsconfig.pulumi.json"),
    "infra/tsconfig.json": "{ nonsense",
    "infra/tsconfig.pulumi.json": '{ "compilerOptions": { "noCheck": true, "removeComments": true } }',
    "infra/index.ts": "export const seen: string = (() => { /* removed */ return 1; }).toString();",
  },
  "is compiled by SWC": {
    "infra/Pulumi.yaml": "",
    "infra/tsconfig.json":
      '{ "ts-node": { "swc": true }, "compilerOptions": { "module": "commonjs", "moduleResolution": "node" } }',
    "infra/index.ts":
      "const size: number = 'not a number';\nexport enum Sizes { Small = 1 }\nexport const seen = size;",
  },
  "is not compiled, where runtime.options say so": {
    "infra/Pulumi.yaml": withOptions("typescript: false"),
    "infra/tsconfig.json": "{ nonsense",
    "infra/index.ts": "export const made = 'of TypeScript';",
    "infra/index.js": program('thing("one"); exports.made = "of JavaScript";'),
  },
  "gets the arguments of Node.js that runtime.options name": {
    "infra/package.json": '{ "imports": { "#size": { "large": "./large.js", "default": "./small.js" } } }',
    "infra/Pulumi.yaml": `main: index.js\n${withOptions(`nodeargs: "--conditions=large -r './set up.js'"`)}`,
    "infra/set up.js": 'globalThis.setUp = "before the program";',
    "infra/large.js": 'module.exports = "large";',
    "infra/small.js": 'module.exports = "small";',
    "infra/index.js": program('thing("one", { size: require("#size"), setUp: globalThis.setUp });'),
  },
};

/** Programs in `infra/` that Pulumi refuses to run. */
export const FAILURES: Record<string, Files> = {
  "throws an error": javascript('thing("one"); throw new Error("It has had enough.");'),
  "throws in a timer": javascript('setTimeout(() => { throw new Error("It has had enough."); }, 20);'),
  "maps paths that only its compiler knows": {
    "infra/Pulumi.yaml": "",
    "infra/tsconfig.json":
      '{ "compilerOptions": { "noCheck": true, "baseUrl": ".", "paths": { "@lib/*": ["lib/*"] } } }',
    "infra/lib/size.ts": "export const size = 1;",
    "infra/index.ts": 'import { size } from "@lib/size";\nexport const seen = size;',
  },
  "names a tsconfig that is not there": {
    "infra/Pulumi.yaml": withOptions("tsconfig: tsconfig.pulumi.json"),
    "infra/index.js": program('thing("one");'),
  },
  "imports without an extension in an ES module": {
    "infra/package.json": '{ "type": "module" }',
    "infra/Pulumi.yaml": withOptions("typescript: false"),
    "infra/index.js": 'import { size } from "./size";\nexport const seen = size;',
    "infra/size.js": "export const size = 1;",
  },
};
