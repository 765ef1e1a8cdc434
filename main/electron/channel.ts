/** The one IPC channel. Its messages are a document's id and a frame, or null to close the line. */
export const CHANNEL = 'rpc';
