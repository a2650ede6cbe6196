import {decimal, sum} from '../../money';

export interface Line {
    provider: string;
    /** Empty for the month. */
    day: string;
    payments: number;
    refunds: number;
    gross: string;
    refunded: string;
    fees: string;
    net: string;
}

export interface Balances {
    issued_quota: number;
    open_differences: number;
}

/** A month's statement, as the reconciler shows it; docs/api.md describes it. */
export interface MonthStatement {
    month: string;
    days: readonly Line[];
    totals: readonly Line[];
    opening: Balances;
    closing: Balances;
}

/** All methods together, to the fen. */
export function total(lines: readonly Line[]): Line {
    const money = (name: 'gross' | 'refunded' | 'fees' | 'net') => decimal(sum(lines.map(line => line[name])));
    const count = (name: 'payments' | 'refunds') => lines.reduce((all, line) => all + Number(line[name]), 0);
    return {provider: '', day: '', payments: count('payments'), refunds: count('refunds'), gross: money('gross'), refunded: money('refunded'), fees: money('fees'), net: money('net')};
}

/** The month so many months later: `2026-12`. */
export function monthLater(month: string, months: number): string {
    const [year = 0, of = 1] = month.split('-').map(Number);
    return new Date(Date.UTC(year, of - 1 + months, 1)).toISOString().slice(0, 7);
}
