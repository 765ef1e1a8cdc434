const LOOK_MS = 300;

/**
 * Calls back, once, with the signal that asks this process to stop. Under npm the death of its shell counts as
 * one: a signal sent to npm alone ends npm and that shell, and is not passed on.
 * @param {(signal: NodeJS.Signals) => void} callback
 */
export function onStop(callback) {
  let told = false;
  const tell = (signal) => {
    if (told) return;
    told = true;
    clearInterval(watch);
    callback(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, tell);
  const parent = process.ppid;
  const watch = process.env.npm_lifecycle_event
    ? setInterval(() => process.ppid !== parent && tell('SIGTERM'), LOOK_MS).unref()
    : undefined;
}
