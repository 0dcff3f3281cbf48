interface Machine {
  States?: Record<string, { Branches?: Machine[]; ItemProcessor?: Machine }>;
}

/** By the name of each state in a branch, which branch of its Parallel that is. Names are unique in a definition. */
export function branchIndexes(definition: unknown): Map<string, number> {
  const indexes = new Map<string, number>();
  const walk = ({ States = {} }: Machine): void => {
    for (const { Branches = [], ItemProcessor } of Object.values(States)) {
      Branches.forEach((branch, index) => {
        for (const name of Object.keys(branch.States ?? {})) indexes.set(name, index);
        walk(branch);
      });
      if (ItemProcessor) walk(ItemProcessor);
    }
  };
  walk(definition as Machine);
  return indexes;
}
