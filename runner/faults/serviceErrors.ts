import { StatesError } from "../stateMachine/errors";
import type { Kind, Service } from "./kinds";

type Refusals = Partial<Record<Kind, [error: string, cause: string]>>;

/**
 * How Step Functions reports that a service refuses a call. An error without a name in the service's API, such as a
 * missing permission in Batch, arrives as the service's general exception.
 */
const REFUSALS: Record<Service, Refusals> = {
  batch: {
    throttle: ["Batch.AWSBatchException", "Too Many Requests (Service: AWSBatch; Status Code: 429)"],
    unavailable: ["Batch.ServerException", "Internal server error (Service: AWSBatch; Status Code: 500)"],
    denied: [
      "Batch.AWSBatchException",
      "The role of the state machine is not authorized to perform: batch:SubmitJob (Service: AWSBatch; Status Code: 403)",
    ],
  },
  s3: {
    throttle: ["S3.S3Exception", "Please reduce your request rate. (Service: S3, Status Code: 503)"],
    unavailable: [
      "S3.S3Exception",
      "We encountered an internal error. Please try again. (Service: S3, Status Code: 500)",
    ],
    denied: ["S3.S3Exception", "Access Denied (Service: S3, Status Code: 403)"],
    missing: ["S3.NoSuchKeyException", "The specified key does not exist. (Service: S3, Status Code: 404)"],
  },
  sqs: {
    throttle: ["SQS.AmazonSQSException", "Request is throttled. (Service: AmazonSQS; Status Code: 403)"],
    unavailable: ["SQS.AmazonSQSException", "Service Unavailable (Service: AmazonSQS; Status Code: 503)"],
    denied: [
      "SQS.AmazonSQSException",
      "The role of the state machine is not authorized to perform: sqs:SendMessage (Service: AmazonSQS; Status Code: 403)",
    ],
  },
  states: {
    throttle: [
      "StepFunctions.AWSStepFunctionsException",
      "Rate exceeded (Service: AWSStepFunctions; Status Code: 400)",
    ],
    unavailable: [
      "StepFunctions.AWSStepFunctionsException",
      "Internal server error (Service: AWSStepFunctions; Status Code: 500)",
    ],
    denied: [
      "StepFunctions.AWSStepFunctionsException",
      "The role of the state machine is not authorized to perform: states:StartExecution (Service: AWSStepFunctions; Status Code: 400)",
    ],
  },
  lambda: {
    throttle: ["Lambda.TooManyRequestsException", "Rate Exceeded. (Service: Lambda, Status Code: 429)"],
    unavailable: [
      "Lambda.ServiceException",
      "The service encountered an internal error. (Service: Lambda, Status Code: 500)",
    ],
    denied: [
      "Lambda.AWSLambdaException",
      "The role of the state machine is not authorized to perform: lambda:InvokeFunction (Service: Lambda, Status Code: 403)",
    ],
  },
  sfn: {
    throttle: ["Sfn.SfnException", "Rate exceeded (Service: Sfn, Status Code: 400)"],
    unavailable: ["Sfn.SfnException", "Internal server error (Service: Sfn, Status Code: 500)"],
    denied: [
      "Sfn.SfnException",
      "The role of the state machine is not authorized to perform: states:StartSyncExecution (Service: Sfn, Status Code: 400)",
    ],
  },
  mediaconvert: {
    throttle: ["MediaConvert.TooManyRequestsException", "Too Many Requests (Service: MediaConvert, Status Code: 429)"],
    unavailable: [
      "MediaConvert.InternalServerErrorException",
      "Internal server error (Service: MediaConvert, Status Code: 500)",
    ],
    denied: [
      "MediaConvert.MediaConvertException",
      "The role of the state machine is not authorized to perform: mediaconvert:CreateJob (Service: MediaConvert, Status Code: 403)",
    ],
  },
  sns: {
    throttle: ["SNS.ThrottledException", "Rate exceeded (Service: AmazonSNS; Status Code: 429)"],
    unavailable: ["SNS.InternalErrorException", "Internal error (Service: AmazonSNS; Status Code: 500)"],
    denied: [
      "SNS.AuthorizationErrorException",
      "The role of the state machine is not authorized to perform: SNS:Publish (Service: AmazonSNS; Status Code: 403)",
    ],
  },
  events: {
    "throttle": [
      "EventBridge.AmazonEventBridgeException",
      "Rate exceeded (Service: AmazonEventBridge; Status Code: 400; Error Code: ThrottlingException)",
    ],
    "unavailable": [
      "EventBridge.InternalException",
      "Internal error (Service: AmazonEventBridge; Status Code: 500; Error Code: InternalException)",
    ],
    "denied": [
      "EventBridge.AmazonEventBridgeException",
      "The role of the state machine is not authorized to perform: events:PutEvents (Service: AmazonEventBridge; Status Code: 400; Error Code: AccessDeniedException)",
    ],
    "failed-entry": [
      "EventBridge.FailedEntry",
      '{"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"Unexpected error occurred."}],"FailedEntryCount":1}',
    ],
  },
};

export function refusal(service: Service, kind: Kind): StatesError | undefined {
  const found = REFUSALS[service][kind];
  return found && new StatesError(...found);
}
