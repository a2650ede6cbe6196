/** Rows that one file takes. */
export const MOST_ROWS = 10_000;
export const ROWS_AT_ONCE = 100;

const FORMULA = /^[=+\-@\t\r]/;
const LONG_NUMBER = /^\d{16,}$/;

/**
 * A field of a file that spreadsheets open. What would be a formula is made text by an apostrophe. A number that they would round has a tab
 * after it, as in Alipay's own files, and is text.
 */
export function field(value: string | number | boolean | null): string {
    const text = value === null ? '' : String(value);
    if (typeof value === 'number' || typeof value === 'boolean') {
        return text;
    }
    const safe = FORMULA.test(text) ? `'${text}` : LONG_NUMBER.test(text) ? `${text}\t` : text;
    return /[",\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const line = (values: readonly (string | number | boolean | null)[]): string => `${values.map(field).join(',')}\r\n`;

/** One page of a list. */
export interface Paged<T> {
    items: readonly T[];
    next?: string | undefined;
}

/**
 * Reads page after page until there are no more, or as many rows as a file takes.
 *
 * @return whether more were left
 */
export async function readAll<T>(load: (after: string | undefined) => Promise<Paged<T>>, take: (rows: readonly T[], count: number) => void,
    most = MOST_ROWS): Promise<boolean> {
    let count = 0;
    let after: string | undefined;
    do {
        const page = await load(after);
        const rows = page.items.slice(0, most - count);
        count += rows.length;
        take(rows, count);
        if (rows.length < page.items.length || (count >= most && page.next !== undefined)) {
            return true;
        }
        after = page.next;
    } while (after !== undefined);
    return false;
}

/** Hands a file to the reader. The mark at its front makes spreadsheets read it as UTF-8. */
export function save(name: string, parts: readonly string[]): void {
    const address = URL.createObjectURL(new Blob(['\uFEFF', ...parts], {type: 'text/csv;charset=utf-8'}));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
