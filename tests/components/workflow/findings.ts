import { getLanguageService, TextDocument } from "amazon-states-language-service";
import aslValidator from "asl-validator";

import type { StateMachineDefinition } from "../../../components/workflow/asl/states";

const service = getLanguageService({});

/** What both validators find, in one list. They complement each other. */
export async function findings(definition: StateMachineDefinition): Promise<string[]> {
  const { errors } = aslValidator(definition);
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
