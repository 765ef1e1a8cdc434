/** Icons of 16 pixels in the colour of the text. They only ever stand beside words or carry a label. */
const paths = {
  file: 'M4 1.75h5L12.25 5v9.25H4zM9 1.75V5h3.25',
  folder: 'M1.75 3.75h4.5l1.5 1.75h6.5v7.75H1.75z',
  database:
    'M2.75 4c0-1 2.35-1.75 5.25-1.75S13.25 3 13.25 4 10.9 5.75 8 5.75 2.75 5 2.75 4zm0 0v8c0 1 2.35 1.75 5.25 1.75s5.25-.75 5.25-1.75V4M2.75 8c0 1 2.35 1.75 5.25 1.75S13.25 9 13.25 8',
  plus: 'M8 2.75v10.5M2.75 8h10.5',
  close: 'm3.75 3.75 8.5 8.5m0-8.5-8.5 8.5',
  check: 'm2.75 8.5 3.5 3.5 7-8',
  warning: 'M8 2 14.5 13.5h-13zM8 6.5v3.25M8 11.25v.75',
  fault: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 4.75V9m0 1.75v.75',
  search: 'M7 2.25a4.75 4.75 0 1 0 0 9.5 4.75 4.75 0 0 0 0-9.5m3.5 8.25 3.25 3.25',
  up: 'M8 13.25V3m-4.25 4L8 2.75 12.25 7',
  'down-arrow': 'M8 2.75V13m-4.25-4L8 13.25 12.25 9',
  undo: 'M6 2.75 2.75 6 6 9.25M2.75 6h6a4.25 4.25 0 0 1 0 8.5H6.5',
  redo: 'M10 2.75 13.25 6 10 9.25M13.25 6h-6a4.25 4.25 0 0 0 0 8.5H9.5',
  right: 'm6 3.5 4.5 4.5L6 12.5',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  play: 'M4.5 2.75v10.5l8.5-5.25z',
  stop: 'M3.75 3.75h8.5v8.5h-8.5z',
  table: 'M1.75 2.75h12.5v10.5H1.75zm0 3.5h12.5M6 6.25v7',
  chart: 'M2.25 2v11.75H14M5.5 11V8m3 3V4.5m3 6.5V6.5',
  refresh: 'M13.25 8A5.25 5.25 0 1 1 11.5 4.1L13.25 5.5m0-3v3h-3',
  cluster: 'M5.75 1.75h4.5v4h-4.5zm-4 8.5h4.5v4h-4.5zm8 0h4.5v4h-4.5zM8 5.75v2.5M4 10.25v-2h8v2',
  topics: 'M1.75 3.5h8.5m-8.5 4.5h12.5m-12.5 4.5h6.5M12.75 2v3m-2 6v3',
  list: 'M2 4h1m2.5 0H14M2 8h1m2.5 0H14M2 12h1m2.5 0H14',
  clock: 'M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 4.5V8l2.5 1.75',
  key: 'M5 7.25a3.25 3.25 0 1 0 0 6.5 3.25 3.25 0 0 0 0-6.5M7.4 8.1l5.85-5.85m-2.5 2.5 2 2',
  copy: 'M5.75 5.75h8v8h-8zm-3.5 4.5v-8h8',
} as const;
export type IconName = keyof typeof paths;

/** An icon; screen readers skip it. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg className={`icon ${className}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
}
