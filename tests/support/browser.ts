import { existsSync } from "node:fs";

import { chromium, type Browser } from "playwright-core";

const EXECUTABLE = "/usr/bin/chromium";

/** A headless Chromium, or nothing on a machine that has none. */
export async function openBrowser(): Promise<Browser | undefined> {
  if (!existsSync(EXECUTABLE)) return undefined;
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}
