import * as snippets from "../../../../components/workflow/jsonata/order";
import type { JsonObject } from "../../../../contract/asl";
import type { Order } from "../../../../contract/order";
import { fails, NOTHING, testSnippets } from "./table";

const { isOrdered, submitChunks, ...reading } = snippets;
const {
  orderedChunks,
  orderedDamage,
  orderedOmissions,
  orderedPlan,
  orderedRenditions,
  orderedSteps,
  orderedTogether,
} = reading;

const read = (order: object): JsonObject => ({ states: { result: { Body: JSON.stringify(order) } } });
const order: Order = {
  version: 1,
  plan: { path: "plan.json", fingerprint: "0a1b" },
  chunks: [1, 12],
  renditions: 2,
  todo: ["Extract Features", "Transcode_720p-2"],
};

const DEAF = { sound: "stream 2", cause: "Extract Metadata left out stream 2." };

describe("JSONata: the order", () => {
  testSnippets<typeof snippets>({
    orderedPlan: [
      ["the fingerprint", orderedPlan(), read(order), "0a1b"],
      ["an order without", orderedPlan(), read({}), NOTHING],
      [
        "text that is no order",
        orderedPlan(),
        { states: { result: { Body: "<Error/>" } } },
        fails(`Unexpected token '<', "<Error/>" is not valid JSON`),
      ],
    ],
    orderedRenditions: [["their number", orderedRenditions(), read(order), 2]],
    orderedChunks: [
      ["of several parts", orderedChunks(), read(order), [1, 12]],
      ["of one part, as a list", orderedChunks(), read({ ...order, chunks: [3] }), [3]],
    ],
    orderedSteps: [
      ["some", orderedSteps(), read(order), ["Extract Features", "Transcode_720p-2"]],
      ["one, as a list", orderedSteps(), read({ ...order, todo: ["Transcode_audio"] }), ["Transcode_audio"]],
      ["none", orderedSteps(), read({ ...order, todo: [] }), []],
    ],
    orderedTogether: [
      ["some", orderedTogether(), read({ ...order, encodedTogether: { "720p": ["480p"] } }), { "720p": ["480p"] }],
      ["an order without", orderedTogether(), read(order), {}],
    ],
    orderedOmissions: [
      ["one, as a list", orderedOmissions(), read({ ...order, leftOut: [DEAF] }), [DEAF]],
      ["several", orderedOmissions(), read({ ...order, leftOut: [DEAF, DEAF] }), [DEAF, DEAF]],
      ["none", orderedOmissions(), read(order), []],
    ],
    orderedDamage: [
      [
        "a report",
        orderedDamage(),
        read({ ...order, damage: { version: 1, lines: ["It."] } }),
        { version: 1, lines: ["It."] },
      ],
      ["none", orderedDamage(), read(order), {}],
    ],
    isOrdered: [
      ["a step that has something to do", isOrdered("Transcode_720p-2"), { todo: order.todo }, true],
      ["the only one", isOrdered("Transcode_audio"), { todo: ["Transcode_audio"] }, true],
      ["a step that has not", isOrdered("Transcode_720p-1"), { todo: order.todo }, false],
      ["when nothing has", isOrdered("Transcode_720p-1"), { todo: [] }, false],
      ["a name with an apostrophe", isOrdered("it's"), { todo: ["it's"] }, true],
    ],
    submitChunks: [
      [
        "one chunk, as a plain job",
        submitChunks("{'JobName': $name}", 1),
        { name: "n", chunks: [1, 9] },
        { JobName: "n" },
      ],
      [
        "several, as an array job",
        submitChunks("{'JobName': $name}", 2),
        { name: "n", chunks: [1, 9] },
        { JobName: "n", ArrayProperties: { Size: 9 } },
      ],
    ],
  });
});
