export const PROCESS_VIDEO = "Process Video";
