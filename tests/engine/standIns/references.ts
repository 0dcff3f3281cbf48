import { ACCOUNT } from "../../../runner/synthesis/mockedAws";
import { textOf, type Existing, type Properties } from "./resourceType";

/** Types of resources whose ARNs must exist where they are named. Others are named by pattern, or are made by AWS itself. */
const CHECKED =
  /^arn:aws:(batch:[^:]*:\d+:(compute-environment|job-queue|job-definition|scheduling-policy)|iam::\d+:(role|instance-profile)|sns|sqs|kms|events|lambda|cloudwatch|states:[^:]*:\d+:stateMachine:)/;
const OF_AWS = /:root$|\/aws-service-role\/|rule\/StepFunctions|:event-bus\/default$/;
const ARNS = new RegExp(`arn:aws:[a-z]+:[a-z0-9-]*:${ACCOUNT}:[A-Za-z0-9_.:/*-]+`, "g");

/** ARNs in the inputs that must be those of existing resources. */
export function arnsNamedBy(inputs: Properties): string[] {
  const arns = JSON.stringify(inputs).match(ARNS) ?? [];
  return arns
    .filter((arn) => CHECKED.test(arn) && !arn.includes("*") && !OF_AWS.test(arn))
    .map((arn) => arn.replace(/:$/, ""));
}

/** ARNs that are the resource's own. Some types have another's among their inputs. */
export function arnsOf({ inputs, outputs }: Existing): string[] {
  if (inputs["arn"] !== undefined) return [];
  const ofCloudControl = JSON.parse(textOf(outputs["properties"]) ?? "{}") as { JobDefinitionArn?: string };
  return [outputs["arn"], outputs["arnPrefix"], ofCloudControl.JobDefinitionArn].flatMap((arn) => textOf(arn) ?? []);
}

/** Whether inputs name a resource, also within JSON. */
export function namesIt(inputs: Properties, resource: Existing): boolean {
  const text = JSON.stringify(inputs);
  const ids = /^(lt|sg|vpc|subnet|rtb)-/.test(resource.id) ? [resource.id] : [];
  return [...arnsOf(resource), ...ids].some((id) => text.includes(`"${id}"`) || text.includes(`\\"${id}\\"`));
}
