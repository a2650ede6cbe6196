import type {Row} from './examination';

/** What the doctor checks, in its order. */
export const CHECKS = ['WECHAT_SETTINGS', 'WECHAT_CLOCK', 'WECHAT_ACCOUNT', 'ALIPAY_SETTINGS', 'ALIPAY_CLOCK', 'ALIPAY_ACCOUNT', 'SERVER_ADDRESS',
    'WECHAT_NOTICES', 'ALIPAY_NOTICES'] as const;

/** Worst first: what needs an operator stands on top. */
const RANK: Record<Row['verdict'], number> = {FAILED: 0, WARNING: 1, SKIPPED: 2, OK: 3};

const groupOf = (check: string): string => check.startsWith('WECHAT_') ? 'wechat' : check.startsWith('ALIPAY_') ? 'alipay' : 'address';

const worst = (rows: readonly Row[]): number => Math.min(...rows.map(row => RANK[row.verdict]));

/** The findings by what they are about, the worst of each first; within one the doctor's order is kept among equals. */
export function groups(rows: readonly Row[]): {of: string; rows: Row[]}[] {
    return ['wechat', 'alipay', 'address'].map(of => ({of, rows: rows.filter(row => groupOf(row.check) === of).sort((a, b) => RANK[a.verdict] - RANK[b.verdict])}))
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
    return check === 'SERVER_ADDRESS' || check.endsWith('_NOTICES') ? 'address' : groupOf(check) === 'wechat' ? 'wechat' : 'alipay';
}

/** The findings as text, for a ticket. There is nothing of a key in them. */
export function report(rows: readonly Row[], name: (check: string) => string): string {
    return rows.map(row => [row.verdict, name(row.check), row.code, row.cause, row.remedy].filter(part => part !== '').join(' · ')).join('\n');
}
