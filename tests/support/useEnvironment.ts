type Variables = Record<string, string | undefined>;

/** For variables of the environment that the tests of a suite set. After each test they are what they were. */
export function useEnvironment(): (variables: Variables) => void {
  let earlier: Variables = {};
  afterEach(() => {
    set(earlier);
    earlier = {};
  });
  return (variables) => {
    for (const name of Object.keys(variables)) if (!(name in earlier)) earlier[name] = process.env[name];
    set(variables);
  };
}

function set(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
