/** The GUID of the object that states sizes of the file and of its packets. */
export const FILE_PROPERTIES = Buffer.from("a1dcab8c47a9cf118ee400c00c205365", "hex");

/** Bytes in which it is found. */
export const HEADER_BYTES = 1 << 16;
