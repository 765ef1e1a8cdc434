// The window of the web shell in Chromium, and what its processes take.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './sample.mjs';

/**
 * Opens a project in Chromium; `home` is the program's folder.
 * @param {{ project: string, home: string }} options
 */
export async function openWindow({ project, home }) {
  const server = spawn(process.execPath, [path.join(root, 'out/web/main.js'), '--project', project], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATAHARMONIZE_HOME: home },
  });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  const close = async () => {
    await browser.close();
    server.kill('SIGTERM');
  };
  try {
    const address = await addressOf(server);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => console.error(error));
    return {
      ...{ page, address, close, chrome: browser.version() },
      memory: () => memoryOf(browser, page),
      /** Resident size of the host's process, now and at most, in MB. */
      host: () => sizesOf(server.pid),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(server) {
  return new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => {
      text += chunk;
      const address = /^Workbench: (\S+)\n/m.exec(text)?.[1];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`the web shell ended with ${code}`)));
  });
}

const sizesOf = (pid) => {
  const { VmRSS, VmHWM } = statusOf(pid);
  return { resident: Math.round(VmRSS / 1024), peak: Math.round(VmHWM / 1024) };
};

async function memoryOf(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const told = await page.evaluate(async () =>
    window.crossOriginIsolated ? (await performance.measureUserAgentSpecificMemory()).bytes : null,
  );
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const renderers = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => ({ pid: id, ...statusOf(id) }));
  const largest = renderers.toSorted((a, b) => b.VmRSS - a.VmRSS)[0];
  const megabytes = (bytes) => (bytes === null ? 'not isolated' : Math.round(bytes / 1e6));
  return {
    heap: megabytes(metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? null),
    told: megabytes(told),
    ...sizesOf(largest.pid),
  };
}

/** Sizes in KB from the kernel's account of a process. */
function statusOf(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Object.fromEntries(
    [...text.matchAll(/^(Vm\w+):\s+(\d+) kB$/gm)].map(([, name, size]) => [name, Number(size)]),
  );
}

/** In the page: milliseconds from a click on a source to the frame after its first cell is there. */
export function clickToPaint({ source, cell }) {
  const button = [...document.querySelectorAll('.source-button')].find((one) =>
    one.textContent.startsWith(source),
  );
  const there = () =>
    [...document.querySelectorAll('[role=gridcell]')].some((one) => one.textContent.includes(cell));
  return new Promise((resolve) => {
    const since = performance.now();
    const observer = new MutationObserver(() => {
      if (!there()) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - since)));
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    button.click();
  });
}
