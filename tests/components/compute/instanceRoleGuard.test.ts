import { strict as assert } from "node:assert";
import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";

import { INSTANCE_ROLE_GUARD } from "../../../components/compute/instanceRoleGuard";

/** As cloud-init stores a boot hook: without its headers and its first line. */
const SCRIPT = INSTANCE_ROLE_GUARD.replace(/^.*?\n\n#cloud-boothook\n/s, "");
const RULE = "OUTPUT --destination 169.254.169.254 --match owner ! --uid-owner 0 --jump REJECT";

describe("the guard of the instance's role", () => {
  let directory: string;
  before(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), "guard-"));
    fs.writeFileSync(path.join(directory, "guard.sh"), SCRIPT, { mode: 0o755 });
    const stub = '#!/bin/sh\necho "$@" >> "$0.calls"\ncase "$*" in *--check*) exit $CHECK;; *) exit $INSERT;; esac\n';
    fs.writeFileSync(path.join(directory, "iptables"), stub, { mode: 0o755 });
  });
  after(() => fs.rmSync(directory, { recursive: true }));

  const cases: [what: string, codes: Record<string, string>, calls: string[], status: number, stderr: string][] = [
    ["adds its rule", { CHECK: "1", INSERT: "0" }, [`--wait --check ${RULE}`, `--wait --insert ${RULE}`], 0, ""],
    ["leaves an existing rule at the next boot", { CHECK: "0", INSERT: "9" }, [`--wait --check ${RULE}`], 0, ""],
    [
      "says what it means when it fails",
      { CHECK: "1", INSERT: "4" },
      [`--wait --check ${RULE}`, `--wait --insert ${RULE}`],
      1,
      "video-batch-pipeline: iptables failed, so all jobs can use the instance's role.\n",
    ],
  ];
  for (const [what, codes, calls, status, stderr] of cases) {
    it(what, () => {
      const log = path.join(directory, "iptables.calls");
      fs.rmSync(log, { force: true });
      const env = { ...codes, PATH: `${directory}:/usr/bin:/bin` };
      const ended = spawnSync(path.join(directory, "guard.sh"), { env, encoding: "utf8" });
      assert.deepEqual([ended.status, ended.stderr], [status, stderr]);
      assert.deepEqual(fs.readFileSync(log, "utf8").trimEnd().split("\n"), calls);
    });
  }

  it("lets only root reach the instance's role, and everybody the credentials of jobs", async function () {
    if (!canMakeNetwork()) this.skip();
    const boots = `"${directory}/guard.sh" && "${directory}/guard.sh"`;
    const addresses = ["169.254.169.254", "169.254.170.2", "10.0.0.1"];
    const setUp = ["ip link set lo up", ...addresses.map((address) => `ip addr add ${address}/32 dev lo`)].join(" && ");
    const run = `${setUp} && mv "${directory}/iptables" "${directory}/stub" && ${boots} && iptables -S OUTPUT >&2 && exec "$0" -e "$1"`;
    const { stdout, stderr } = await promisify(execFile)("unshare", [
      "--net",
      "sh",
      "-c",
      run,
      process.execPath,
      PROBE,
    ]);
    assert.equal(stderr.match(/REJECT/g)?.length, 1, stderr);
    assert.deepEqual(JSON.parse(stdout), {
      "0 169.254.169.254": "connected",
      "0 169.254.170.2": "connected",
      "10001 169.254.169.254": "ECONNREFUSED",
      "10001 169.254.170.2": "connected",
    });
  });
});

/** Only root can make a network of its own and be several users in it. */
function canMakeNetwork(): boolean {
  const tools = [
    ["unshare", "--net", "iptables", "--list"],
    ["ip", "-Version"],
  ];
  return process.getuid?.() === 0 && tools.every(([tool, ...words]) => spawnSync(tool!, words).status === 0);
}

/** A server at all addresses, and clients of two users, which have an address of their own, as an instance has. */
const PROBE = `
const { execFile } = require("node:child_process");
const net = require("node:net");
const client = 'const s = require("node:net").connect({ port: 80, host: process.argv[1], localAddress: "10.0.0.1" }, () => { console.log("connected"); s.destroy(); });' +
  's.on("error", ({ code }) => console.log(code));';
const ask = (uid, address) => new Promise((resolve) =>
  execFile(process.execPath, ["-e", client, address], { uid, cwd: "/" }, (error, stdout) => resolve([uid + " " + address, error ? String(error) : stdout.trim()])));
const server = net.createServer((socket) => socket.on("error", () => {})).listen(80, async () => {
  const asked = [0, 10001].flatMap((uid) => ["169.254.169.254", "169.254.170.2"].map((address) => ask(uid, address)));
  console.log(JSON.stringify(Object.fromEntries(await Promise.all(asked))));
  process.exit(0);
});`;
