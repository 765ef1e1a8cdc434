import {
  AllCommunityModule,
  type CellContextMenuEvent,
  type CellFocusedEvent,
  type CellKeyDownEvent,
  type ColDef,
  type GridApi,
  type GridReadyEvent,
  ModuleRegistry,
} from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { viewColumns } from '../../shared/trace/view';
import { styleNonce } from '../rpc/style-nonce';
import { useActions } from '../shell/actions';
import { useAppearance } from '../shell/appearance';
import { useWorkbench, useWorkbenchState } from '../state/context';
import type { WorkbenchState } from '../state/model';
import { CellMenu, type CellMenuPlace, keepCell } from './cell-menu';
import { CellRenderer } from './cell-renderer';
import { ColumnHeader } from './column-header';
import { ColumnStatsContext, useColumnStats } from './column-stats';
import { columnWidths } from './column-widths';
import { GridEmpty } from './grid-empty';
import { cellOf, departureOf, type GridCell, type GridRow } from './grid-row';
import { nextChange } from './next-change';
import { RowMark } from './row-mark';
import { BLOCK_ROWS, createRowSource } from './row-source';
import { gridTheme } from './theme';
import { useFound } from './use-found';
import { useRepainting } from './use-repainting';
import { useStepColumn } from './use-step-column';
import './grid.css';

ModuleRegistry.registerModules([AllCommunityModule]);

/** No column of a source begins with a NUL. */
const MARK = '\u0000row';
const BLOCKS = 20;

const markColumn: ColDef<GridRow> = {
  colId: MARK,
  headerName: 'Row',
  width: 96,
  resizable: false,
  suppressMovable: true,
  cellRenderer: RowMark,
  // All that the mark shows: AG Grid repaints a cell when its value differs.
  valueGetter: ({ data }) => data && `${data.view.label(data.row)} ${JSON.stringify(departureOf(data))}`,
};

const sameCell = (a: GridCell | null | undefined, b: GridCell | null | undefined): boolean =>
  a?.before === b?.before && a?.after === b?.after && a?.reason === b?.reason;

/** Names of the view's columns, one a line: as text, so that the same names are the same value. */
function columnLines({ preview, step }: WorkbenchState): string {
  const { plan } = preview;
  if (!plan) return '';
  const index = plan.steps.findIndex(({ id }) => id === step);
  const names = viewColumns(plan, index < 0 ? null : index).map(({ column }) => column);
  return JSON.stringify(names);
}

/** The sample after the selected step, row by row, with what the step changed. */
export function Grid({ onHistory }: { onHistory: () => void }) {
  const workbench = useWorkbench();
  const lines = useWorkbenchState(columnLines);
  const stats = useColumnStats();
  const { density } = useAppearance();
  const api = useRef<GridApi<GridRow> | null>(null);
  const sized = useRef(false);
  const [menu, setMenu] = useState<CellMenuPlace | null>(null);
  const source = useMemo(
    () =>
      createRowSource(workbench, (rows) => {
        // Columns begin as wide as the first rows need; then they are the steward's.
        if (sized.current || rows.length === 0) return;
        sized.current = true;
        api.current?.setColumnWidths(columnWidths(rows));
      }),
    [workbench],
  );
  const names = useMemo<readonly string[]>(() => (lines === '' ? [] : JSON.parse(lines)), [lines]);
  const onViewportChanged = useRepainting(api, source);
  useStepColumn(api);
  const area = useRef<HTMLDivElement>(null);
  useFound(
    area,
    useWorkbenchState((state) => state.filter.find ?? ''),
  );

  const columns = useMemo<ColDef<GridRow>[]>(
    () => [
      markColumn,
      ...names.map(
        (name): ColDef<GridRow, GridCell> => ({
          colId: name,
          headerName: name,
          headerComponent: ColumnHeader,
          cellRenderer: CellRenderer,
          valueGetter: ({ data }) => cellOf(data ?? undefined, name),
          equals: sameCell,
          width: 200,
          minWidth: 100,
        }),
      ),
    ],
    [names],
  );

  const goTo = useCallback(
    async (by: 1 | -1) => {
      const grid = api.current;
      if (!grid) return;
      const shown = grid
        .getAllDisplayedColumns()
        .map((column) => column.getColId())
        .filter((id) => id !== MARK);
      const next = await nextChange(workbench, workbench.store.getState().cell, by, shown);
      const place = next && source.placeOf(next.row);
      if (!next || place === undefined || place === null) return;
      grid.ensureIndexVisible(place);
      grid.ensureColumnVisible(next.column);
      grid.setFocusedCell(place, next.column);
    },
    [workbench, source],
  );

  useActions([
    {
      id: 'grid.next',
      title: 'Go to the next changed cell',
      group: 'Grid',
      keys: ']',
      place: 'clean',
      run: () => void goTo(1),
    },
    {
      id: 'grid.previous',
      title: 'Go to the previous changed cell',
      group: 'Grid',
      keys: '[',
      place: 'clean',
      run: () => void goTo(-1),
    },
    {
      id: 'grid.history',
      title: 'Show the cell’s history',
      group: 'Grid',
      keys: 'Enter',
      place: 'clean',
      handledLocally: true,
      run: onHistory,
    },
    {
      id: 'grid.keep',
      title: 'The cell must stay like this',
      group: 'Grid',
      keys: 'Mod+Shift+K',
      place: 'clean',
      also: 'pin example keep guard',
      run: () => keepCell(workbench, workbench.store.getState().cell, onHistory),
    },
  ]);

  const onCellContextMenu = ({ event, rowIndex, column }: CellContextMenuEvent<GridRow>) => {
    const number = rowIndex === null ? undefined : source.numberAt(rowIndex);
    const id = column.getColId();
    if (!(event instanceof MouseEvent) || number === undefined || id === MARK) return;
    event.preventDefault();
    const cell = { row: number, column: id };
    workbench.selectCell(cell);
    const target = event.target as HTMLElement | null;
    const box = (target?.closest('.ag-cell') ?? target)?.getBoundingClientRect();
    // The menu key has no place of its own: the menu opens under the cell.
    const byKey = event.clientX === 0 && event.clientY === 0;
    setMenu({
      cell,
      x: byKey ? (box?.left ?? 0) : event.clientX,
      y: byKey ? (box?.bottom ?? 0) : event.clientY,
    });
  };
  const onCellFocused = ({ rowIndex, column }: CellFocusedEvent<GridRow>) => {
    const id = typeof column === 'string' ? column : column?.getColId();
    const number = rowIndex === null ? undefined : source.numberAt(rowIndex);
    if (number !== undefined && id !== undefined && id !== MARK)
      workbench.selectCell({ row: number, column: id });
  };
  const onCellKeyDown = ({ event }: CellKeyDownEvent<GridRow> | { event?: Event | null }) => {
    if (event instanceof KeyboardEvent && event.key === 'Enter' && !event.ctrlKey && !event.metaKey)
      onHistory();
  };

  return (
    <ColumnStatsContext value={stats}>
      <div ref={area} className="grid" data-pane="grid" tabIndex={-1}>
        <AgGridReact<GridRow>
          theme={gridTheme}
          styleNonce={styleNonce()}
          rowModelType="infinite"
          datasource={source.datasource}
          cacheBlockSize={BLOCK_ROWS}
          maxBlocksInCache={BLOCKS}
          maxConcurrentDatasourceRequests={1}
          infiniteInitialRowCount={source.length()}
          blockLoadDebounceMillis={30}
          columnDefs={columns}
          defaultColDef={everyColumn}
          rowHeight={density === 'comfortable' ? 36 : 28}
          headerHeight={60}
          rowBuffer={8}
          getRowId={rowId}
          rowClassRules={rowClasses}
          maintainColumnOrder
          ensureDomOrder
          animateRows={false}
          suppressDragLeaveHidesColumns
          onGridReady={({ api: ready }: GridReadyEvent<GridRow>) => {
            api.current = ready;
          }}
          onViewportChanged={onViewportChanged}
          onCellFocused={onCellFocused}
          onCellKeyDown={onCellKeyDown}
          onCellDoubleClicked={onHistory}
          onCellContextMenu={onCellContextMenu}
          preventDefaultOnContextMenu
          noRowsOverlayComponent={GridEmpty}
        />
        <CellMenu place={menu} onClose={() => setMenu(null)} onHistory={onHistory} />
      </div>
    </ColumnStatsContext>
  );
}

// Made once: AG Grid takes another object for other settings, and builds its columns anew.
const everyColumn = { sortable: false, resizable: true, suppressHeaderMenuButton: true } as const;
const rowId = ({ data }: { data: GridRow }) => String(data.row);

const leftBy =
  (fate: string) =>
  ({ data }: { data?: GridRow | undefined }) =>
    data !== undefined && departureOf(data)?.fate === fate;
const rowClasses = {
  'row-rejected': leftBy('rejected'),
  'row-filtered': leftBy('filtered'),
  'row-merged': leftBy('merged'),
};
