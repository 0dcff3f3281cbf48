import * as ajv from "ajv";
import { getLanguageService, TextDocument } from "amazon-states-language-service";
import { Ajv } from "ajv";
import aslValidator from "asl-validator";

import type { StateMachineDefinition } from "../../../components/workflow/asl/states";

const service = getLanguageService({});

/** What both validators find, in one list. They complement each other. */
export async function findings(definition: StateMachineDefinition): Promise<string[]> {
  const { errors } = withOneAjv(() => aslValidator(definition));
  const document = TextDocument.create(
    "file:///definition.asl.json",
    "asl",
    1,
    JSON.stringify(definition, undefined, 1),
  );
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document));
  return [
    ...errors.map((error) => JSON.stringify(error)),
    ...diagnostics.map((diagnostic) => JSON.stringify(diagnostic)),
  ];
}

/** Where asl-validator finds what it constructs. */
const exported = ajv as { default: typeof Ajv };
let shared: Ajv | undefined;

/** asl-validator makes an Ajv for every definition, and most of its time goes into compiling the same schemas again. */
function withOneAjv<T>(validate: () => T): T {
  const construct = (_: unknown, [options]: ConstructorParameters<typeof Ajv>): object => {
    // It has the keywords that are about to be added.
    if (shared) shared.addKeyword = () => shared!;
    return (shared ??= new Ajv(options));
  };
  exported.default = new Proxy<typeof Ajv>(Ajv, { construct });
  try {
    return validate();
  } finally {
    exported.default = Ajv;
  }
}
