import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes a Hadoop configuration file.
 * @param {string} file
 * @param {Record<string, string | number | boolean>} properties
 */
export function writeSite(file, properties) {
  const lines = Object.entries(properties).map(
    ([name, value]) =>
      `  <property><name>${name}</name><value>${escapeXml(String(value))}</value></property>`,
  );
  write(file, ['<configuration>', ...lines, '</configuration>']);
}

/**
 * Writes a file of `name value` lines, as spark-defaults.conf and livy.conf have them.
 * @param {string} file
 * @param {Record<string, string | number | boolean>} properties
 * @param {string} separator
 */
export function writeProperties(file, properties, separator) {
  write(
    file,
    Object.entries(properties).map(([name, value]) => `${name}${separator}${value}`),
  );
}

function write(file, lines) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
}

function escapeXml(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
