import type { Connector } from '../../shared/ports/connector';
import type { TestStep } from './kind';

const ENOUGH = 1000;

/** The step that lists the folder where browsing begins. */
export const firstRead = (open: () => Promise<Connector>): TestStep => ({
  title: 'First read',
  async run(signal) {
    const connector = await open();
    try {
      const home = await connector.home(signal);
      let entries = 0;
      for await (const _ of connector.list(home, signal)) if (++entries >= ENOUGH) break;
      return `${home} holds ${entries >= ENOUGH ? 'over 1,000' : entries} entries.`;
    } finally {
      await connector.close();
    }
  },
});
