import {decimal, fen, shown} from '../../money';
import {api} from '../../session';

/** A day of an account at a provider, as the reconciler shows it; docs/api.md describes the fields. */
export interface Day {
    provider: string;
    account: string;
    day: string;
    state: 'OPEN' | 'STORED' | 'COMPLETE' | 'EMPTY';
    answer: string;
    bill?: {version: number; sha256: string; stored_at: string; payments: number; refunds: number; paid: string; refunded: string; sums: {fee: string; net: string; repeated: number}};
    log: {payments: number; refunds: number; paid: string; refunded: string; credited: number; held: number};
    open: number;
}

export type Kind = 'PaidNotCredited' | 'CreditedNotPaid' | 'AmountDiffers' | 'UnknownToUs' | 'UnknownToProvider' | 'RefundDiffers' | 'FeeUnexpected';

/** A difference between a bill and the log. */
export interface Case {
    id: string;
    kind: Kind;
    side: 'BILL' | 'LOG';
    proposal: 'WAIT_FOR_CREDIT' | 'ASK_PROVIDER' | 'REFUND_OR_ACCEPT' | 'CHECK_REFUND';
    numbers: {provider: string; day: string; transaction_id: string; order_id: string; refund_no: string};
    difference: {expected: string; found: string; line?: number; evidence?: string};
    opened_at: string;
    closing: {state: 'OPEN' | 'CLOSED' | 'RESOLVED'; at?: string; act?: string; actor?: string; reason?: string};
}

export interface Detail {
    day: Day;
    open: Partial<Record<Kind, number>>;
    cases: readonly Case[];
    next?: string;
}

export const loadDays = (from: string, to: string, signal: AbortSignal): Promise<{items: readonly Day[]}> => api.other('get', '/api/reconcile/days', {query: {from, to}, signal});

/** The day with the differences of its first pages. */
export async function loadDay(provider: string, day: string, pages: number, signal: AbortSignal): Promise<Detail> {
    let all: Detail | undefined;
    for (let page = 0; page < pages && (all === undefined || all.next !== undefined); page++) {
        const one: Detail = await api.other('get', '/api/reconcile/{provider}/{day}', {path: {provider, day}, query: {after: all?.next}, signal});
        all = all === undefined ? one : {...one, cases: [...all.cases, ...one.cases]};
    }
    return all!;
}

/** An amount of a difference: `1.00 CNY` as people read it, anything else as it is. */
export function amount(text: string): string {
    const [, money, currency] = /^(-?\d+\.\d{2}) ([A-Z]{3})$/.exec(text) ?? [];
    return money && currency ? shown(money, currency) : text;
}

/** A row of the totals: the bill's, the log's, and what the bill has more; `null` where they agree or a side has none. */
export interface Totals {
    row: 'payments' | 'paid' | 'refunds' | 'refunded' | 'balance';
    bill: string | null;
    log: string;
    more: string | null;
}

export function totals({bill, log}: Pick<Day, 'bill' | 'log'>): readonly Totals[] {
    const count = (row: 'payments' | 'refunds'): Totals => {
        const more = bill ? Number(bill[row]) - Number(log[row]) : 0;
        return {row, bill: bill ? String(bill[row]) : null, log: String(log[row]), more: more === 0 ? null : signed(String(Math.abs(more)), more)};
    };
    const money = (row: 'paid' | 'refunded' | 'balance', of: (side: {paid: string; refunded: string}) => number): Totals => {
        const more = bill ? of(bill) - of(log) : 0;
        return {row, bill: bill ? shown(decimal(of(bill))) : null, log: shown(decimal(of(log))), more: more === 0 ? null : signed(shown(decimal(Math.abs(more))), more)};
    };
    return [count('payments'), money('paid', side => fen(side.paid) ?? 0), count('refunds'), money('refunded', side => fen(side.refunded) ?? 0),
        money('balance', side => (fen(side.paid) ?? 0) - (fen(side.refunded) ?? 0))];
}

const signed = (text: string, of: number): string => `${of < 0 ? '−' : ''}${text}`;

/** The day so many days later, as it stands in addresses. */
export function later(day: string, days: number): string {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
