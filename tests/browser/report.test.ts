import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { Browser, Page } from "playwright-core";

import { layOut, type Layout } from "../../view/diagram/layout";
import { reportPage } from "../../view/report/page";
import { openBrowser } from "../support/browser";
import { situations } from "../view/situations";

/** A folder for pictures, for whoever wants to look at the reports: `npm run reports`. */
const PICTURES = process.env["REPORTS"];

/** Runs in the page. What is wider than the page, or hidden behind the edge of what contains it, and can't be scrolled to. */
const CUT = `(() => {
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth ? ["page " + root.scrollWidth] : [];
  const hidden = [...document.querySelectorAll("td, th, dd, li, p, pre, h1")].filter((element) => {
    if (element.closest(".scroll, .track")) return false;
    const { left, right } = element.getBoundingClientRect();
    return right > root.clientWidth + 1 || left < 0 || element.scrollWidth > element.clientWidth + 1;
  });
  return [...wide, ...hidden.map((element) => element.tagName + " " + element.textContent.slice(0, 40))];
})()`;

describe("a report in a browser", () => {
  let browser: Browser;
  const pages: [name: string, html: string][] = [];
  before(async () => {
    const [inputs, opened] = await Promise.all([situations(), openBrowser()]);
    browser = opened;
    const layouts = new Map<string, Promise<Layout>>();
    for (const [name, input] of inputs) {
      const now = Date.parse(input.run.ended ?? input.run.started);
      const key = JSON.stringify(input.machine);
      layouts.set(key, layouts.get(key) ?? layOut(input.machine));
      pages.push([name, await reportPage(input, { now, layout: await layouts.get(key)! })]);
    }
  });
  after(() => browser.close());

  it("cuts nothing at any width from 360 pixels", async () => {
    const page = await browser.newPage();
    for (const [name, html] of pages) {
      await page.setContent(html);
      for (const width of [360, 414, 600, 768, 900, 1024, 1180, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await page.evaluate(CUT), [], `${name} at ${width}`);
      }
    }
    await page.close();
  });

  it("says what was kept, shared, stopped or left out, and why", () => {
    const html = (name: string): string => new Map(pages).get(name) ?? "";
    const encodings = (name: string): string[] =>
      [...html(name).matchAll(/data-label="Encoding">([^<]*)</g)].map(([, cell]) => cell!);
    assert.deepEqual(encodings("success"), ["1 min 40 s", "1 min 40 s", "8.0 s", "with audio"]);
    assert.deepEqual(encodings("shared"), ["1 min 40 s", "with 720p", "8.0 s", "with audio"]);
    assert.deepEqual(encodings("kept"), ["kept", "kept", "kept", "with audio"]);
    const speeds = ["success", "kept"].map((name) => /<dt>Speed</.test(html(name)));
    assert.deepEqual(speeds, [true, false], "work that was there took no time");
    assert.match(
      html("partial"),
      /<main>\n<section class="failure partial" role="alert"><h2>What is missing<\/h2><ul><li><b>features<\/b>: Extract Features failed: [^<]*<\/li>\n<li><b>480p<\/b>: Transcode_480p-2 failed: /,
    );
    assert.match(html("failed"), /<main>\n<section class="failure" role="alert"><h2>What went wrong</);
    assert.match(
      html("failed"),
      /class="attempt stopped" role="img"[^>]*aria-label="Transcode_480p-2, chunk 0, attempt 1: stopped/,
    );
    assert.match(html("failed"), /data-label="Exit code">stopped</);
    assert.match(html("stopped"), /<main>\n<section class="failure stopped" role="alert"><h2>Why it was stopped</);
    assert.match(html("rejected"), /<p>The video was rejected by Ada: Too dark in the second scene\.<\/p>/);
    assert.match(html("failed"), /<dt>Stack<\/dt><dd>prod<\/dd>.*<dt>Worker<\/dt><dd>0\.1\.0<\/dd>/);
  });

  it("has the look of its outcome", async () => {
    const page = await browser.newPage();
    const looks: Record<string, string> = {};
    for (const [name, html] of pages) {
      await page.setContent(html);
      looks[name] = (await page.locator(".outcome").getAttribute("class")) ?? "";
      if (PICTURES !== undefined) await photograph(page, name);
    }
    await page.close();
    assert.deepEqual(looks, {
      success: "outcome succeeded",
      partial: "outcome partial",
      failed: "outcome failed",
      rejected: "outcome failed",
      stopped: "outcome stopped",
      retried: "outcome succeeded",
      reclaimed: "outcome succeeded",
      tutorial: "outcome succeeded",
      kept: "outcome succeeded",
      shared: "outcome succeeded",
    });
  });
});

async function photograph(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES!, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [device, width] of [
      ["desktop", 1180],
      ["phone", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: path.join(PICTURES!, `${name}-${colorScheme}-${device}.png`), fullPage: true });
    }
  }
  writeFileSync(path.join(PICTURES!, `${name}.html`), await page.content());
}
