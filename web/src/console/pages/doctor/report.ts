import type {Row} from './examination';

/** What the doctor checks, in its order. */
export const CHECKS = ['WECHAT_SETTINGS', 'WECHAT_CLOCK', 'WECHAT_ACCOUNT', 'ALIPAY_SETTINGS', 'ALIPAY_CLOCK', 'ALIPAY_ACCOUNT', 'SERVER_ADDRESS',
    'WECHAT_NOTICES', 'ALIPAY_NOTICES'] as const;

/** Worst first: what needs an operator stands on top. */
const RANK: Record<Row['verdict'], number> = {FAILED: 0, WARNING: 1, SKIPPED: 2, OK: 3};

/** The provider that a check is about, or the address. */
const groupOf = (check: string): string => check === 'SERVER_ADDRESS' ? 'address' : check.slice(0, check.lastIndexOf('_')).toLowerCase();

const worst = (rows: readonly Row[]): number => Math.min(...rows.map(row => RANK[row.verdict]));

/** The findings by what they are about, the worst of each first; within one the doctor's order is kept among equals. */
export function groups(rows: readonly Row[]): {of: string; rows: Row[]}[] {
    return [...new Set(['wechat', 'alipay', ...rows.map(row => groupOf(row.check)).filter(of => of !== 'address'), 'address'])].map(of => ({of, rows: rows.filter(row => groupOf(row.check) === of).sort((a, b) => RANK[a.verdict] - RANK[b.verdict])}))
        .filter(group => group.rows.length > 0)
        .sort((a, b) => worst(a.rows) - worst(b.rows));
}

export function counts(rows: readonly Row[]): Record<Row['verdict'], number> {
    const count = {OK: 0, WARNING: 0, FAILED: 0, SKIPPED: 0};
    rows.forEach(row => count[row.verdict]++);
    return count;
}

/** The part of the settings where a check's fault is mended. */
export function partOf(check: string): 'wechat' | 'alipay' | 'address' | null {
    if (check.endsWith('_CLOCK')) {
        return null;
    }
    if (check === 'SERVER_ADDRESS' || check.endsWith('_NOTICES')) {
        return 'address';
    }
    const of = groupOf(check);
    return of === 'wechat' || of === 'alipay' ? of : null;
}

/** The findings as text, for a ticket. There is nothing of a key in them. */
export function report(rows: readonly Row[], name: (check: string) => string): string {
    return rows.map(row => [row.verdict, name(row.check), row.code, row.cause, row.remedy].filter(part => part !== '').join(' · ')).join('\n');
}
