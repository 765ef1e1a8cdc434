import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import { COMPRESSED_ENDINGS, FORMAT_NAMES, FORMATS } from '../../shared/document/formats';
import type { ChoosePath } from '../host/host';

const DOCUMENT = ['json'];
const DATA = [
  ...FORMAT_NAMES.flatMap((format) => FORMATS[format].endings),
  ...Object.keys(COMPRESSED_ENDINGS),
].map((ending) => ending.slice(1));
const FILTERS: Readonly<Record<Parameters<ChoosePath>[0]['kind'], FileFilter>> = {
  project: { name: 'DataHarmonize projects', extensions: ['dhz'] },
  data: { name: 'Data', extensions: DATA },
  rules: { name: 'Rule sets', extensions: DOCUMENT },
  connections: { name: 'Connections', extensions: DOCUMENT },
  report: { name: 'Run reports', extensions: DOCUMENT },
};
const ANYTHING: FileFilter = { name: 'All files', extensions: ['*'] };

/** Asks with the system's file dialog, on top of the window there is at that moment. */
export function createChoosePath(findWindow: () => BrowserWindow | null): ChoosePath {
  return async ({ saving, kind, suggested }) => {
    const window = findWindow();
    if (window === null) return null;
    const filters = [FILTERS[kind], ANYTHING];
    const options = { filters, ...(suggested !== undefined && { defaultPath: suggested }) };
    if (saving) {
      const { canceled, filePath } = await dialog.showSaveDialog(window, options);
      return canceled ? null : filePath;
    }
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      ...options,
      properties: ['openFile'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  };
}
