import { EVENT_SOURCE } from "../../../contract/videoEvents";

/**
 * Events in the pipeline's own name alone. Those of other sources may start executions.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export const OWN_SOURCE = { Condition: { StringEquals: { "events:source": EVENT_SOURCE } } };
