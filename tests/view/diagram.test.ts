import assert from "node:assert/strict";

import { diagram } from "../../view/diagram/diagram";
import { layOut } from "../../view/diagram/layout";
import { mermaid } from "../../view/diagram/mermaid";
import { everyState, outline, queuesOf } from "../../view/outline/outline";
import { DEFINITION } from "./machine";

const machine = outline(DEFINITION);

describe("the outline of a definition", () => {
  it("finds the queues of literal submits and of submits in an expression", () => {
    assert.deepEqual(queuesOf(machine), ["high", "low"]);
    assert.deepEqual(
      everyState(machine).map(({ name, queue, service }) => [name, queue ?? service]),
      [
        ["Probe", "high"],
        ["Work", undefined],
        ["Check", undefined],
        ["Encode", "low"],
        ["Skip", undefined],
        ["Encode Failed", undefined],
        ["Look", "low"],
        ["Tell", "sns"],
        ["Video Failed", undefined],
      ],
    );
  });

  it("has every transition of a state", () => {
    const [probe] = machine.states;
    assert.equal(probe?.retries, 6);
    assert.deepEqual(probe?.transitions, [
      { to: "Work", kind: "next" },
      { to: "Tell", kind: "catch" },
    ]);
    assert.deepEqual(machine.states[1]?.branches[0]?.states[0]?.transitions, [
      { to: "Encode", kind: "choice", condition: "'a' in $all" },
      { to: "Skip", kind: "otherwise" },
    ]);
  });
});

describe("the diagram", () => {
  it("puts branches side by side in their container, without overlapping states", async () => {
    const { nodes } = await layOut(machine);
    const named = (name: string) => nodes.find(({ state }) => state?.name === name)!;
    const container = named("Work");
    for (const name of ["Check", "Encode", "Skip", "Encode Failed", "Look"]) {
      const { x, y, width, height } = named(name);
      assert.ok(x > container.x && x + width < container.x + container.width, name);
      assert.ok(y > container.y && y + height < container.y + container.height, name);
    }
    const boxes = nodes.filter(({ kind }) => kind === "state");
    for (const a of boxes) {
      for (const b of boxes) {
        if (a === b) continue;
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        assert.ok(apart, `${a.state?.name} lies on ${b.state?.name}`);
      }
    }
  });

  it("has the same layout from a separate thread, and uses a given layout", async () => {
    const layout = await layOut(machine, { inThread: true });
    assert.deepEqual(layout, await layOut(machine));
    const moved = { ...layout, width: 4321 };
    assert.match(await diagram(machine, { title: "Machine", layout: moved }), /^<svg [^>]* width="4321" /);
  });

  it("ends every arrow at a right angle", async () => {
    const { edges } = await layOut(machine);
    assert.equal(edges.length, 10);
    for (const { points } of edges) {
      for (let index = 1; index < points.length; index++) {
        const [a, b] = [points[index - 1]!, points[index]!];
        assert.ok(Math.abs(a.x - b.x) < 0.01 || Math.abs(a.y - b.y) < 0.01);
      }
    }
  });

  it("is deterministic, and uses only features that librsvg and image elements support", async () => {
    const drawn = await diagram(machine, { title: "A & B", priorities: { high: 10 } });
    assert.equal(await diagram(machine, { title: "A & B", priorities: { high: 10 } }), drawn);
    assert.doesNotMatch(drawn, /<(script|filter|foreignObject|image|marker|use)|url\(|NaN|undefined/);
    assert.match(drawn, /<title>A &amp; B<\/title>/);
    assert.match(drawn, /<desc>Probe, Work, Tell, Video Failed\. 9 states, 1 job on high, 2 jobs on low\.<\/desc>/);
    assert.match(drawn, />high \(priority 10\)</);
    assert.match(drawn, />on failure</);
    assert.match(drawn, />retries of service errors</);
  });

  it("has a light and a dark theme, and follows the browser by default", async () => {
    const [auto, light, dark] = await Promise.all(
      (["auto", "light", "dark"] as const).map((theme) => diagram(machine, { title: "Machine", theme })),
    );
    assert.match(auto!, /@media \(prefers-color-scheme:dark\)\{\.vbp \.f0/);
    assert.match(auto!, /class="f\d+" fill="#ffffff"/);
    assert.match(light!, /fill="#ffffff"/);
    assert.doesNotMatch(light!, /<style>|#14171c/);
    assert.match(dark!, /fill="#14171c"/);
    assert.doesNotMatch(dark!, /<style>|#ffffff/);
  });

  it("marks the result of each state, and fades states that were not entered", async () => {
    const drawn = await diagram(machine, {
      title: "Machine",
      results: { Probe: "succeeded", Work: "failed", Check: "succeeded", Encode: "failed", Look: "cancelled" },
    });
    for (const word of ["succeeded", "failed", "cancelled"]) assert.match(drawn, new RegExp(`>${word}</text>`));
    assert.doesNotMatch(drawn, />running<\/text>/);
    assert.equal(drawn.match(/<g opacity="0.38"><title>/g)?.length, 4); // Skip, Encode Failed, Tell, Video Failed
  });
});

it("Mermaid has the same states and arrows", () => {
  assert.equal(
    mermaid(machine),
    `flowchart TB
  start((" ")) --> s0
  s0["Probe"]
  subgraph s1["Work"]
    subgraph s1b0[" "]
      s2{{"Check"}}
      s3["Encode"]
      s4(["Skip"])
      s5(["Encode Failed"])
      s2 --> s3
      s2 -- "else" --> s4
      s3 -. "catch" .-> s5
    end
    subgraph s1b1[" "]
      s6["Look"]
    end
  end
  s7["Tell"]
  s8(["Video Failed"])
  s0 --> s1
  s0 -. "catch" .-> s7
  s0 -. "retry ≤ 6" .-> s0
  s1 -. "catch" .-> s7
  s7 --> s8
  classDef queue0 fill:#ffe3b8,stroke:#b86e00,color:#1b2430
  class s0 queue0
  classDef queue1 fill:#d3e6fb,stroke:#2168b0,color:#1b2430
  class s3,s6 queue1
`,
  );
});
