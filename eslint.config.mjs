import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["bin/", "worker/dist/", "**/node_modules/", "out/", "examples/consumer/"] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            "eslint.config.mjs",
            ".dependency-cruiser.mjs",
            "scripts/*.mjs",
            "scripts/*.cjs",
            "plugin/*.cjs",
            "runner/lambda/bootstrap.cjs",
            "examples/event-bus/catalogue/*.mjs",
          ],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "eqeqeq": ["error", "always"],
    },
  },
  {
    files: ["worker/**/*.ts", "runner/**/*.ts", "cli/**/*.ts", "aws/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CatchClause[param=null]:not(:has(ThrowStatement))",
          message: "Look at the error: throw what wasn't expected, or log it. An exception says why in its comment.",
        },
        {
          selector: "CallExpression[callee.property.name='catch'] > ArrowFunctionExpression[params.length=0]",
          message: "Look at the error: throw what wasn't expected, or log it. An exception says why in its comment.",
        },
      ],
    },
  },
  {
    files: ["tests/**/*.ts"],
    rules: { "no-console": "error" },
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { require: "readonly", __dirname: "readonly" } },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
