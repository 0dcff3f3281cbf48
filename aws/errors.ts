import { UsageError } from "../contract/usageError";

interface ServiceError extends Error {
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Calls AWS, and explains errors that the user can fix, with the remedy. */
export async function explainErrors<T>(call: () => Promise<T>, endpoint: string | undefined): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const explanation = error instanceof Error ? explain(error, endpoint) : undefined;
    if (explanation === undefined) throw error;
    throw Object.assign(new UsageError(explanation), { cause: error });
  }
}

function explain(error: ServiceError, endpoint: string | undefined): string | undefined {
  const { name, message } = error;
  if (name === "CredentialsProviderError" || /could not load credentials/i.test(message)) {
    return `No working AWS credentials were found: ${sentence(message)} Run \`aws configure\` or \`aws sso login\`, choose a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`;
  }
  if (/region is missing/i.test(message)) {
    return "No AWS region is configured. Set AWS_REGION, choose a profile that has one with AWS_PROFILE, or pass --region.";
  }
  if (["ExpiredTokenException", "ExpiredToken", "TokenRefreshRequired"].includes(name)) {
    return `The AWS credentials have expired. Log in again, for example with \`aws sso login\`. ${sentence(message)}`;
  }
  if (["UnrecognizedClientException", "InvalidSignatureException", "InvalidClientTokenId"].includes(name)) {
    return `AWS rejected the credentials: ${sentence(message)} Check AWS_PROFILE, or the keys in the environment.`;
  }
  if (
    ["AccessDeniedException", "AccessDenied", "ClientException"].includes(name) &&
    /denied|authorized/i.test(message)
  ) {
    return `AWS denied access: ${sentence(message)} Use credentials with that permission.`;
  }
  if (name === "ExecutionDoesNotExist") return `${sentence(message)} See the executions with the list command.`;
  if (name === "ExecutionNotRedrivable") return `${sentence(message)} Start the video again with the start command.`;
  if (name === "TaskTimedOut" || name === "TaskDoesNotExist") {
    return `The execution is no longer waiting for this answer: ${sentence(message)} See its state with the watch command.`;
  }
  if (name === "StateMachineDoesNotExist") {
    return `${sentence(message)} Check the account, the region, and whether the stack is deployed.`;
  }
  if (["ECONNREFUSED", "ENOTFOUND", "ECONNRESET"].includes(error.code ?? "")) {
    return `${endpoint ?? "AWS"} does not respond: ${sentence(message)} Check the network, the region, and --endpoint-url or AWS_ENDPOINT_URL.`;
  }
  return undefined;
}

function sentence(message: string): string {
  const trimmed = message.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
