import { localConnectionSchema } from '../../../shared/connections/local';
import { firstRead } from '../first-read';
import { defineKind } from '../kind';
import { createLocalConnector } from './connector';

/** The files of this machine as a kind of connection. */
export const localKind = defineKind('local', localConnectionSchema, {
  files: async () => createLocalConnector(),
  steps: () => [firstRead(async () => createLocalConnector())],
});
