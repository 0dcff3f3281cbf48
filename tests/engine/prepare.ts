import { installHost } from "./hosts/goHosts";
import { installCli } from "./cli/installation";

// What the suites need is built before they run side by side.
if (installCli() !== undefined) {
  installHost("python");
  installHost("yaml");
}
