import {grouped, yuan} from '../pay/money';

export {grouped};

const FEN = /^-?\d+(\.\d{1,2})?$/;

/** Fen of an amount of yuan, `146.00` or `146`; `null` when it is none. */
export function fen(money: string): number | null {
    const trimmed = money.trim();
    if (!FEN.test(trimmed)) {
        return null;
    }
    const [whole = '0', cents = ''] = trimmed.replace('-', '').split('.');
    const value = Number(whole) * 100 + Number(cents.padEnd(2, '0'));
    return Number.isSafeInteger(value) ? (trimmed.startsWith('-') ? -value : value) : null;
}

/** Yuan of fen, as the API writes it: `146.00`. */
export function decimal(fens: number): string {
    const digits = String(Math.abs(Math.round(fens))).padStart(3, '0');
    return `${fens < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Money as people read it: `¥1,314.00`, of another currency `1,314.00 HKD`. */
export function shown(money: string, currency = 'CNY'): string {
    return currency === 'CNY' ? yuan(money) : `${yuan(money).replace('¥', '')} ${currency}`;
}

export const shownFen = (fens: number, currency = 'CNY'): string => shown(decimal(fens), currency);

/** The sum of amounts of yuan, in fen. */
export const sum = (moneys: readonly string[]): number => moneys.reduce((total, money) => total + (fen(money) ?? 0), 0);

export type Display = {type: 'USD' | 'CNY' | 'TOKENS'; perUnit: number};

/** Quota in units, `$20.00`; `null` where quota is counted in tokens and shown as it is. */
export function units(quota: number, display: Display): string | null {
    if (display.type === 'TOKENS' || display.perUnit <= 0) {
        return null;
    }
    // Never more than there is.
    const cents = Math.floor(Math.abs(quota) * 100 / display.perUnit);
    return `${quota < 0 ? '−' : ''}${yuan(decimal(cents)).replace('¥', display.type === 'USD' ? '$' : '¥')}`;
}
