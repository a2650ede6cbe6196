import {expect, test} from 'vitest';

import {field, line, readAll, type Paged} from './csv';

test('no field is a formula', () => {
    expect(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'].map(field)).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", '"\'\t=1"', '"\'\r=1"']);
    expect(field('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"');
});

test('quotes, commas and lines stay in their field', () => {
    expect(line(['a"b', 'c,d', 'e\nf', '', null])).toBe('"a""b","c,d","e\nf",,\r\n');
});

test('a number that a spreadsheet would round is text, a count is a number', () => {
    expect(field('2026112322001058334357805554')).toBe('"2026112322001058334357805554\t"');
    expect(line(['146.00', 10_000_000, false, '1'])).toBe('146.00,10000000,false,1\r\n');
});

const pages: Record<string, Paged<number>> = {'': {items: [1, 2, 3], next: 'b'}, b: {items: [4, 5, 6], next: 'c'}, c: {items: [7]}};
const read = async (most: number) => {
    const rows: number[] = [];
    const left = await readAll<number>(async after => pages[after ?? '']!, more => rows.push(...more), most);
    return [rows, left];
};

test('page after page is read, up to what a file takes', async () => {
    expect(await read(100)).toEqual([[1, 2, 3, 4, 5, 6, 7], false]);
    expect(await read(7)).toEqual([[1, 2, 3, 4, 5, 6, 7], false]);
    expect(await read(6)).toEqual([[1, 2, 3, 4, 5, 6], true]);
    expect(await read(5)).toEqual([[1, 2, 3, 4, 5], true]);
});
