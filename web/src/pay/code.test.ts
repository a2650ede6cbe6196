import {expect, test} from 'vitest';

import {drawn, wholePixels} from './code';

test('a module is a whole number of pixels', () => {
    expect(wholePixels(37, 333)).toBe(333);
    expect(wholePixels(41, 333)).toBe(328);
    expect(wholePixels(37, 222)).toBe(222);
    expect(wholePixels(400, 333)).toBe(400);
});

test('only a drawing is taken out of an answer', () => {
    expect(drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="M4 4h1v1h-1z"/></svg>'))
        .toEqual({modules: 37, path: 'M4 4h1v1h-1z'});
    expect(drawn('<svg viewBox="0 0 37 37"><path d="<script>"/></svg>')).toBeNull();
    expect(drawn('{"code":"NOT_FOUND"}')).toBeNull();
});
