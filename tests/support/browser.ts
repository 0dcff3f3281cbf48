import { existsSync } from "node:fs";
import path from "node:path";

import { chromium, type Browser } from "playwright-core";

/** A headless Chromium, the one that `scripts/setup.mjs --tests` finds or installs. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable(),
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

function executable(): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const files = ["chromium", "chromium-browser"].flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = files.find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(
      "Chromium is not on the PATH, and what pages show can't be tested without. Run: npm run setup -- --tests",
    );
  }
  return found;
}
