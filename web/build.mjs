// Builds the pages into target/classes/pages, unless nothing changed since they were last built.
import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {build} from 'vite';

process.chdir(import.meta.dirname);
const DESCRIPTION = '../order-api/src/main/resources/openapi.json';
const PAGES = 'target/classes/pages';
const BUILT = 'target/built';
const LEFT_OUT = new Set(['node_modules', 'target']);

function files(folder) {
    return readdirSync(folder, {withFileTypes: true}).filter(entry => !LEFT_OUT.has(entry.name)).flatMap(entry =>
        entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]);
}

const hash = createHash('sha256');
for (const file of [DESCRIPTION, ...files('.').sort()]) {
    hash.update(file).update(readFileSync(file));
}
const wanted = hash.digest('hex');
if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === wanted) {
    process.exit(0);
}

rmSync(PAGES, {recursive: true, force: true});
const run = (tool, ...parameters) => execFileSync(process.execPath, [`node_modules/${tool}`, ...parameters], {stdio: ['ignore', 'inherit', 'inherit']});
run('openapi-typescript/bin/cli.js', DESCRIPTION, '--output', 'target/api.d.ts', '--root-types', '--root-types-no-schema-prefix');
for (const part of ['pay', 'console']) {
    run('typescript/bin/tsc', '--noEmit', '--project', `src/${part}`);
}
for (const mode of ['pay', 'console', 'element', 'host']) {
    await build({mode});
}
// What the server sends to a browser that accepts it: compressed once, as small as it gets.
for (const file of files(PAGES).filter(name => /\.(js|css|svg)$/.test(name))) {
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), {level: 9}));
}
writeFileSync(BUILT, wanted);
