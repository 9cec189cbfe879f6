// Bundles the scripts of the site that need packages of others, beside the engine and a list of their licences.
// usage: node build.mjs FOLDER
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';

const folder = process.argv[2];
const common = { bundle: true, minify: true, format: 'iife', target: 'es2022', legalComments: 'none', logLevel: 'warning' };

// The worker starts from a Blob, since a page that was opened as a file may load none; so it travels as text.
const worker = await esbuild.build({
  ...common, entryPoints: ['worker.js'], write: false, define: { 'import.meta.url': '"about:blank"' },
});
const asText = {
  name: 'worker as text',
  setup(build) {
    build.onLoad({ filter: /worker\.js$/ }, () => ({ contents: worker.outputFiles[0].text, loader: 'text' }));
  },
};
await esbuild.build({ ...common, entryPoints: ['query.js', 'editor.js', 'search.js'], outdir: folder, plugins: [asText] });

const engine = readFileSync('node_modules/oxigraph/web_bg.wasm');
writeFileSync(join(folder, 'oxigraph.wasm.gz'), gzipSync(engine, { level: 9 }));

const installed = Object.entries(JSON.parse(readFileSync('package-lock.json')).packages);
const licences = installed.filter(([path, found]) => path && !found.dev).map(([path, found]) => {
  const about = JSON.parse(readFileSync(join(path, 'package.json')));
  const text = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  return [
    `${about.name} ${found.version}, licence ${about.license}`,
    text ? readFileSync(join(path, text), 'utf8').trim() : `The package carries no text of its licence. Its home: ${about.homepage}`,
  ].join('\n\n');
});
const rule = `\n\n${'-'.repeat(80)}\n\n`;
writeFileSync(join(folder, 'THIRD-PARTY.txt'), [
  'Software of others in the scripts of this site, with its licences', ...licences,
].join(rule) + '\n');
