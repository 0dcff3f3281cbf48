import assert from "node:assert/strict";
import fc from "fast-check";

import { JobError } from "../../../../worker/errors/errors";
import { extendMaster } from "../../../../worker/publish/early/master";
import { publishEarly } from "../../../../worker/publish/early/publish";
import { GrowingSound } from "../../../../worker/publish/early/sound";
import { AUDIO, outputs } from "../../../../contract/outputs";
import { joinUri } from "../../../../worker/storage/uri";
import { unpublishOthers } from "../../../../worker/publish/unpublish";
import { chunksOf } from "../../../../worker/plan/chunks";
import { OwnedOutput } from "../../../../worker/output/ownedOutput";
import { serialisePlan } from "../../../../worker/plan/makePlan";
import type { Storage } from "../../../../worker/storage/storage";
import { MemoryStorage } from "../../memoryStorage";
import { LADDER } from "../../workerProcess";
import { allSegments, beginSound, ENCODED_BY, finishChunk, markOf, OUTPUT, planOf, segmentsOf } from "./unfinished";

const PLAN = planOf();
const CHUNKS = chunksOf(PLAN);
const MARK = markOf(PLAN);

const listedIn = (text: string): string[] => text.split("\n").filter((line) => /^[^#]/.test(line));

async function finish(storage: Storage, rendition: string, number: number, plan = PLAN): Promise<string[]> {
  await finishChunk(storage, plan, rendition, chunksOf(plan)[number]!);
  return publishEarly(await OwnedOutput.open(storage, OUTPUT, plan.fingerprint), rendition);
}

async function finishSound(storage: Storage, plan = PLAN): Promise<string[]> {
  const output = await OwnedOutput.open(storage, OUTPUT, plan.fingerprint);
  const sound = new GrowingSound(output, AUDIO, 48_000);
  const segments = await beginSound(storage, plan);
  const playable: string[] = [];
  for (let count = 1; count <= segments.length; count++) {
    if (await sound.extend(segments.slice(0, count))) playable.push(...(await extendMaster(output)));
  }
  await sound.extend(segments, true);
  return playable;
}

async function begun(storage = new MemoryStorage()): Promise<MemoryStorage> {
  await storage.write(joinUri(OUTPUT, outputs.plan), serialisePlan(PLAN));
  return storage;
}

describe("what is playable before a video is complete", () => {
  it("is the finished chunks from the beginning up to the first gap", async () => {
    const storage = await begun();
    await finish(storage, "90p", 1);
    assert.equal(await storage.readText(joinUri(OUTPUT, outputs.playlist("90p"))), undefined);
    await finish(storage, "90p", 0);
    await finish(storage, "90p", 3);
    assert.equal(
      await storage.readText(joinUri(OUTPUT, outputs.playlist("90p"))),
      `#EXTM3U
# plan ${PLAN.fingerprint}
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:2
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-START:TIME-OFFSET=0
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MAP:URI="init-${MARK}.mp4"
#EXTINF:2.000000,
000010000-${MARK}.m4s
#EXTINF:2.000000,
000012000-${MARK}.m4s
#EXTINF:2.000000,
000014000-${MARK}.m4s
#EXTINF:2.000000,
000016000-${MARK}.m4s
`,
    );
  });

  it("has a master playlist as soon as there is sound and a rendition", async () => {
    const storage = await begun();
    assert.deepEqual(await finish(storage, "90p", 0), []);
    assert.equal(await storage.readText(joinUri(OUTPUT, outputs.master)), undefined);
    assert.deepEqual(await finishSound(storage), ["90p"]);
    assert.equal(
      await storage.readText(joinUri(OUTPUT, outputs.master)),
      `#EXTM3U
# plan ${PLAN.fingerprint}
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Main",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio/playlist.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=896000,AVERAGE-BANDWIDTH=496000,CODECS="avc1.42c014,mp4a.40.2",RESOLUTION=90x102,FRAME-RATE=25.000,VIDEO-RANGE=SDR,AUDIO="audio",CLOSED-CAPTIONS=NONE
90p/playlist.m3u8
`,
    );
    assert.deepEqual(await finish(storage, "144p", 0), ["144p"]);
    assert.deepEqual(await finish(storage, "144p", 1), []);
  });

  it("ends in the same playlists whatever the order in which concurrent jobs get on", async () => {
    const expected = allSegments(PLAN);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const storage = new MemoryStorage(
          () => scheduler.schedule(Promise.resolve()),
          (uri, text) => {
            if (uri.endsWith("p/playlist.m3u8")) {
              const names = listedIn(text);
              assert.deepEqual(names, expected.slice(0, names.length), "what is listed has no gap");
            }
            if (uri === joinUri(OUTPUT, outputs.master)) {
              for (const name of listedIn(text)) assert.ok(storage.objects.has(`${OUTPUT}/hls/${name}`), name);
            }
          },
        );
        storage.objects.set(joinUri(OUTPUT, outputs.plan), Buffer.from(serialisePlan(PLAN)));
        const jobs = PLAN.renditions.flatMap(({ name }) => CHUNKS.map(({ number }) => finish(storage, name, number)));
        const playable = await scheduler.waitFor(Promise.all([...jobs, finishSound(storage)]));

        assert.deepEqual([...new Set(playable.flat())].sort(), ["144p", "90p"]);
        const text = (uri: string): string => storage.objects.get(uri)?.toString() ?? "";
        for (const name of ["90p", "144p"]) {
          assert.deepEqual(listedIn(text(joinUri(OUTPUT, outputs.playlist(name)))), expected);
          assert.match(text(joinUri(OUTPUT, outputs.playlist(name))), /\n#EXT-X-ENDLIST\n$/);
        }
        assert.equal(listedIn(text(joinUri(OUTPUT, outputs.playlist(AUDIO)))).length, 10);
        assert.deepEqual(listedIn(text(joinUri(OUTPUT, outputs.master))), ["90p/playlist.m3u8", "144p/playlist.m3u8"]);
      }),
      { numRuns: 40 },
    );
  });

  it("reads only the records that are new", async () => {
    const storage = await begun();
    for (let number = 0; number < 4; number++) await finish(storage, "90p", number);
    for (const chunk of CHUNKS.slice(0, 4)) storage.objects.delete(joinUri(OUTPUT, outputs.record("90p", chunk, MARK)));
    await finish(storage, "90p", 4);
    const text = (await storage.readText(joinUri(OUTPUT, outputs.playlist("90p")))) ?? "";
    assert.deepEqual(listedIn(text), allSegments(PLAN));
  });

  it("lists the sound less and less often, and never less of it", async () => {
    const lengths: number[] = [];
    const record = (uri: string, text: string): void => {
      if (uri === joinUri(OUTPUT, outputs.playlist(AUDIO))) lengths.push(listedIn(text).length);
    };
    const storage = await begun(new MemoryStorage(undefined, record));
    await finishSound(storage);
    assert.deepEqual(lengths, [1, 2, 3, 4, 5, 7, 9, 10]);
    lengths.length = 0;
    await finishSound(storage);
    assert.deepEqual(lengths, [10], "a second attempt takes nothing back");
  });

  it("goes over to another encoder that has more from the beginning, and never becomes less", async () => {
    const storage = await begun();
    const other = { ...ENCODED_BY, ffmpeg: "9.0" };
    const playlist = async (): Promise<string> =>
      (await storage.readText(joinUri(OUTPUT, outputs.playlist("90p")))) ?? "";
    const listedAfter = async (number: number, encodedBy = ENCODED_BY): Promise<string[]> => {
      await finishChunk(storage, PLAN, "90p", CHUNKS[number]!, encodedBy);
      await publishEarly(await OwnedOutput.open(storage, OUTPUT), "90p");
      return listedIn(await playlist());
    };
    const first = CHUNKS.slice(0, 2).flatMap((chunk) => segmentsOf(PLAN, chunk));
    await listedAfter(0);
    assert.deepEqual(await listedAfter(1), first);
    await finishSound(storage);
    assert.deepEqual(await listedAfter(0, other), first);
    assert.deepEqual(await listedAfter(1, other), first);
    const second = CHUNKS.slice(0, 3).flatMap((chunk) => segmentsOf(PLAN, chunk, other));
    assert.deepEqual(await listedAfter(2, other), second);
    assert.ok((await playlist()).includes(`URI="init-${markOf(PLAN, other)}.mp4"`));
    assert.deepEqual(await listedAfter(2), second);
    assert.ok((await storage.readText(joinUri(OUTPUT, outputs.master)))!.includes("90p/playlist.m3u8"));
  });

  it("leaves a complete output alone", async () => {
    const storage = await begun();
    await storage.write(
      joinUri(OUTPUT, outputs.manifest),
      JSON.stringify({ version: 1, fingerprint: PLAN.fingerprint }),
    );
    assert.deepEqual(await finish(storage, "90p", 0), []);
    assert.equal(await storage.readText(joinUri(OUTPUT, outputs.playlist("90p"))), undefined);
  });

  it("ends if the master playlist never reads as it was written", async () => {
    class Garbling extends MemoryStorage {
      override async readText(uri: string): Promise<string | undefined> {
        const text = await super.readText(uri);
        return uri.endsWith("master.m3u8") ? text?.replace("Main", "?") : text;
      }
    }
    const storage = await begun(new Garbling());
    await finish(storage, "90p", 0);
    const expected =
      "s3://out/video/hls/master.m3u8 changed during each of 500 attempts to update it; another attempt of the job may succeed.";
    await assert.rejects(finishSound(storage), new JobError(expected));
  });

  it("is never of two plans", async () => {
    const storage = await begun();
    for (const rendition of ["90p", "144p"]) await finish(storage, rendition, 0);
    await finishSound(storage);
    // What a metadata job withdraws follows from what is there: one that was killed behind this line does it in its next attempt.
    const late = await OwnedOutput.open(storage, OUTPUT);
    const changed = planOf({ chunkSeconds: 8, renditions: [{ ...LADDER.renditions[0]!, name: "90p" }] });
    await storage.write(joinUri(OUTPUT, outputs.plan), serialisePlan(changed));
    await unpublishOthers(await OwnedOutput.open(storage, OUTPUT));
    assert.deepEqual(
      [...storage.objects.keys()].filter((uri) => /\.(?:m3u8|mpd)$/.test(uri)),
      [],
    );
    // A job that was started for the earlier plan and ends late.
    await finishChunk(storage, PLAN, "90p", CHUNKS[1]!);
    assert.deepEqual(await publishEarly(late, "90p"), []);
    assert.equal(await storage.readText(joinUri(OUTPUT, outputs.playlist("90p"))), undefined);
    // The sound of the earlier plan is not played with the new picture.
    assert.deepEqual(await finish(storage, "90p", 0, changed), []);
    assert.deepEqual(await finishSound(storage, changed), ["90p"]);
  });
});
