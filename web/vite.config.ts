import {defineConfig} from 'vitest/config';

/** Each part is built for itself: none waits for the code of another. */
const PARTS: Record<string, {input: string; jsx: string; file?: string}> = {
    pay: {input: 'index.html', jsx: 'preact'},
    console: {input: 'admin.html', jsx: 'react'},
    host: {input: 'demo/host/index.html', jsx: 'preact'},
    element: {input: 'src/element/element.tsx', jsx: 'preact', file: 'sluice-topup.js'},
};

export default defineConfig(({mode}) => {
    const part = PARTS[mode] ?? PARTS.pay!;
    return {
        publicDir: false,
        oxc: {jsx: {runtime: 'automatic', importSource: part.jsx}},
        build: {
            outDir: 'target/classes/pages',
            emptyOutDir: false,
            target: ['chrome87', 'safari14', 'firefox90'],
            modulePreload: {polyfill: false},
            reportCompressedSize: false,
            // A data: address would need a wider policy for fonts and pictures.
            assetsInlineLimit: 0,
            // The element's name is in its hosts' pages: it has no hash.
            rolldownOptions: {input: part.input, ...(part.file ? {output: {entryFileNames: part.file}} : {})},
        },
        logLevel: 'warn',
        // A browser's objects only where a test's first line asks for them: they take longer than most tests.
        test: {environment: 'node', include: ['src/**/*.test.{ts,tsx}'], reporters: ['dot']},
    };
});
