import assert from "node:assert/strict";

import { unifyTables } from "../../../../worker/source/joins/unifyTables";
import { TableHistory } from "../../../../worker/source/transport/tableHistory";
import { describesProgramme, listStreams, writeTable } from "../../../../worker/source/transport/tables";
import { NULL_PID, PACKET_BYTES, PAT_PID } from "../../../../worker/source/transport/transportStream";

const [TABLE, OTHER, VIDEO, AUDIO, SECOND] = [0x100, 0x200, 0x101, 0x102, 0x103];
const [H264, AAC, MP2, SUBTITLES] = [0x1b, 0x0f, 0x04, 0x06];

/** A list of programmes by the PIDs of their tables, without its checksum. */
const programmes = (...tables: number[]): Buffer =>
  Buffer.from([
    0,
    0xb0,
    9 + 4 * tables.length,
    0,
    1,
    0xc1,
    0,
    0,
    ...tables.flatMap((pid) => [0, 1, pid >> 8, pid & 0xff]),
  ]);

/** A programme's table by the types and PIDs of its streams, without its checksum. */
function streams(...listed: [type: number, pid: number][]): Buffer {
  const entries = listed.flatMap(([type, pid]) => [type, 0xe0 | (pid >> 8), pid & 0xff, 0xf0, 0]);
  return Buffer.from([2, 0xb0, 13 + entries.length, 0, 1, 0xc1, 0, 0, 0xe1, 1, 0xf0, 0, ...entries]);
}

const FIRST = { pid: TABLE, section: streams([H264, VIDEO]), position: 200 };
const LIST = { pid: PAT_PID, section: programmes(TABLE), position: 0 };

/** What the first of these edits lets the tables say. */
function sectionOf(edits: ReturnType<typeof unifyTables>): Buffer {
  assert.ok(Array.isArray(edits));
  return Buffer.from(edits[0]?.section ?? "", "base64");
}

describe("unifyTables", () => {
  it("adds the pictures and the sound that later tables list, at the end", () => {
    const later = streams([AAC, AUDIO], [H264, VIDEO], [SUBTITLES, 0x300], [MP2, SECOND]);
    const edits = unifyTables([LIST, FIRST, { pid: TABLE, section: later, position: 900 }], VIDEO);
    const section = sectionOf(edits);
    assert.deepEqual(edits, [{ pid: TABLE, from: 0, section: section.toString("base64"), becomes: TABLE }]);
    const listed = listStreams(section.subarray(0, -4));
    assert.deepEqual([...listed.keys()], [VIDEO, AUDIO, SECOND]);
  });

  it("goes on with the programme that takes the place of the video's", () => {
    const other = { pid: OTHER, section: streams([H264, SECOND], [AAC, AUDIO]), position: 1000 };
    const edits = unifyTables([LIST, FIRST, { ...LIST, section: programmes(OTHER), position: 800 }, other], VIDEO);
    const section = sectionOf(edits).toString("base64");
    assert.deepEqual(edits, [
      { pid: TABLE, from: 0, section, becomes: TABLE },
      { pid: OTHER, from: 0, section, becomes: TABLE },
      { pid: PAT_PID, from: 800, becomes: NULL_PID },
    ]);
  });

  it("leaves out other programmes, and changes nothing where there is nothing to add", () => {
    const other = { pid: OTHER, section: streams([H264, SECOND], [AAC, AUDIO]), position: 1000 };
    const list = { ...LIST, section: programmes(TABLE, OTHER), position: 800 };
    assert.deepEqual(unifyTables([LIST, FIRST, list, other], VIDEO), []);
    assert.deepEqual(unifyTables([LIST, other], VIDEO), []);
  });

  it("finds no way if one of several programmes may go on, a codec changes, or a table is full", () => {
    const tables = [OTHER, 0x300].map((pid) => ({ pid, section: streams([H264, pid + 1]), position: 1000 }));
    const list = { ...LIST, section: programmes(OTHER, 0x300), position: 800 };
    assert.deepEqual(unifyTables([LIST, FIRST, list, ...tables], VIDEO), { what: "programmes", after: 800 });
    const changed = { pid: TABLE, section: streams([0x24, VIDEO]), position: 900 };
    assert.deepEqual(unifyTables([LIST, FIRST, changed], VIDEO), { what: "codec", after: 900 });
    const many = Array.from({ length: 40 }, (_, index): [number, number] => [AAC, 0x400 + index]);
    const full = { pid: TABLE, section: streams([H264, VIDEO], ...many), position: 900 };
    assert.deepEqual(unifyTables([LIST, FIRST, full], VIDEO), { what: "room", after: 200 });
  });
});

describe("TableHistory", () => {
  it("notes every table once, where it comes first", () => {
    const packet = (pid: number, section: Buffer): Buffer => {
      const bytes = Buffer.alloc(PACKET_BYTES, 0xff);
      bytes.writeUInt32BE(((0x47 << 24) | (0x40 << 16) | (pid << 8) | 0x10) >>> 0, 0);
      Buffer.concat([Buffer.from([0]), section, Buffer.alloc(4)]).copy(bytes, 4);
      return bytes;
    };
    const later = streams([H264, VIDEO], [AAC, AUDIO]);
    const packets = [
      packet(PAT_PID, LIST.section),
      packet(TABLE, FIRST.section),
      packet(VIDEO, later),
      packet(TABLE, later),
    ];
    const bytes = Buffer.concat([...packets, ...packets]);
    const history = new TableHistory();
    // In pieces that don't begin with a packet.
    for (let at = 0; at < bytes.length; at += 800) history.add(at, bytes.subarray(at, at + 800));
    assert.deepEqual(history.tables, [
      { ...LIST, position: 0 },
      { ...FIRST, position: PACKET_BYTES },
      { pid: TABLE, section: later, position: 3 * PACKET_BYTES },
    ]);
    assert.ok(describesProgramme(later));
  });

  it("finds none in another container", () => {
    const history = new TableHistory();
    history.add(0, Buffer.alloc(2000));
    assert.deepEqual(history.tables, []);
  });
});

describe("writeTable", () => {
  it("writes what it was given, with its checksum", () => {
    // A table of ffmpeg's muxer.
    const written = Buffer.from("02b0170001c10000e100f0001be100f0000fe101f0002f44b99b", "hex");
    const section = written.subarray(0, -4);
    assert.deepEqual(writeTable(section, [...listStreams(section).values()]), written);
  });
});
