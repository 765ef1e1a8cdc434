import { type Bridge, createIpcTransport } from '../../../../renderer/rpc/ipc';
import { type Client, createClient } from '../../../../shared/rpc/client';
import { type EchoContract, echoContract } from './contract';

declare global {
  var hostBridge: Bridge;
  var client: Client<EchoContract>;
}

globalThis.client = createClient(createIpcTransport(globalThis.hostBridge), echoContract);
