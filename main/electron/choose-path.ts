import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import type { ChoosePath } from '../host/host';

const PROJECTS: FileFilter = { name: 'DataHarmonize projects', extensions: ['json'] };
const DATA: FileFilter = { name: 'Data', extensions: ['csv', 'tsv', 'txt', 'jsonl', 'ndjson', 'parquet'] };
const ANYTHING: FileFilter = { name: 'All files', extensions: ['*'] };

/** Asks with the system's file dialog, on top of the window there is at that moment. */
export function createChoosePath(findWindow: () => BrowserWindow | null): ChoosePath {
  return async ({ purpose, suggested }) => {
    const window = findWindow();
    if (window === null) return null;
    const filters = [purpose.endsWith('project') ? PROJECTS : DATA, ANYTHING];
    const options = { filters, ...(suggested !== undefined && { defaultPath: suggested }) };
    if (purpose.startsWith('save')) {
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
