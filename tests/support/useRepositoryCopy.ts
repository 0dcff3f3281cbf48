import { copyRepository, type RepositoryCopy } from "./repositoryCopy";

/** Gives the tests of a suite a copy of the repository, into which the CLI may write. */
export function useRepositoryCopy(): () => RepositoryCopy {
  let copy: RepositoryCopy | undefined;
  before(() => {
    copy = copyRepository();
  });
  after(() => copy?.remove());
  return () => copy!;
}
