import { spawn } from "node:child_process";

/** The program that opens an address in the user's browser, by platform. */
const OPENERS: Partial<Record<NodeJS.Platform, [program: string, ...args: string[]]>> = {
  darwin: ["open"],
  // `start` is part of a shell, for which the address would have to be quoted.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in the user's browser. False if there is no browser or no screen. */
export async function openBrowser(
  address: string,
  { platform = process.platform, env = process.env }: { platform?: NodeJS.Platform; env?: NodeJS.ProcessEnv } = {},
): Promise<boolean> {
  const [program, ...args] = OPENERS[platform] ?? ["xdg-open"];
  // Without a screen, xdg-open takes over the terminal with a text browser.
  if (program === "xdg-open" && !env["DISPLAY"] && !env["WAYLAND_DISPLAY"]) return false;
  const child = spawn(program, [...args, address], { env, stdio: "ignore", detached: true });
  child.unref();
  return new Promise((resolve) => {
    child.once("spawn", () => resolve(true));
    child.once("error", () => resolve(false));
  });
}
