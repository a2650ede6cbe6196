import type {Data} from '../../../api/client';
import {fen} from '../../money';

export type Figures = Data<'/api/topup/figures', 'get'>;
export const METHODS = ['wechat', 'alipay'] as const;
export type MethodCode = typeof METHODS[number];

/** What was credited on a day in Beijing, in fen by method. */
export interface Day {
    day: string;
    wechat: number;
    alipay: number;
}

const DAY_MS = 86_400_000;

/** The last days up to today, oldest first; a day without orders has zeros. Only yuan are added up. */
export function days(figures: Figures, count: number): readonly Day[] {
    const today = Date.parse(figures.today);
    const of = new Map<string, Day>();
    for (let back = count - 1; back >= 0; back--) {
        const day = new Date(today - back * DAY_MS).toISOString().slice(0, 10);
        of.set(day, {day, wechat: 0, alipay: 0});
    }
    for (const row of figures.days) {
        const day = of.get(row.day);
        const method = METHODS.find(one => one === row.payment_method);
        if (day && method && row.status === 'CREDITED' && row.currency === 'CNY') {
            day[method] += fen(row.money) ?? 0;
        }
    }
    return [...of.values()];
}

export const total = (of: readonly Day[], method?: MethodCode): number =>
    of.reduce((sum, day) => sum + (method ? day[method] : day.wechat + day.alipay), 0);

/** Orders that came to their end in these days: how many were paid, and how many there were. Orders that may still be paid do not count. */
export interface Conversion {
    paid: number;
    ended: number;
    /** Of a hundred, with a decimal; `null` when none ended. */
    share: number | null;
}

export function conversion(figures: Figures, from: string, until: string): Conversion {
    const count = (status: string) => figures.days.filter(row => row.status === status && row.day >= from && row.day <= until)
        .reduce((sum, row) => sum + Number(row.orders), 0);
    const paid = count('PAID');
    const ended = paid + count('CLOSED');
    return {paid, ended, share: ended === 0 ? null : Math.round(paid / ended * 1000) / 10};
}

/** Money that the providers have and no user has quota for. */
export interface Waiting {
    orders: number;
    fen: number;
    oldest: string | null;
}

export function waiting(figures: Figures, status?: 'PAID' | 'HELD'): Waiting {
    const rows = figures.waiting.filter(row => row.currency === 'CNY' && (status === undefined || row.status === status));
    const times = rows.flatMap(row => row.oldest ?? []).sort((one, other) => Date.parse(one) - Date.parse(other));
    return {orders: rows.reduce((sum, row) => sum + Number(row.orders), 0), fen: rows.reduce((sum, row) => sum + (fen(row.money) ?? 0), 0), oldest: times[0] ?? null};
}

/** What held payments are about, less what went back, in fen of yuan, and since when the first of them waits. */
export function heldMoney(holds: readonly {money: string; refunded: string; currency: string; held_at: string}[]): Omit<Waiting, 'orders'> {
    const yuan = holds.filter(hold => hold.currency === 'CNY');
    const [oldest] = holds.map(hold => hold.held_at).sort((one, other) => Date.parse(one) - Date.parse(other));
    return {fen: yuan.reduce((sum, hold) => sum + (fen(hold.money) ?? 0) - (fen(hold.refunded) ?? 0), 0), oldest: oldest ?? null};
}

/** All that waits: what is being credited, and what is held by what was paid of it. */
export function allWaiting(figures: Figures, holds: Parameters<typeof heldMoney>[0]): Waiting {
    const [paid, held] = [waiting(figures, 'PAID'), heldMoney(holds)];
    const [oldest] = [paid.oldest, held.oldest].flatMap(at => at ?? []).sort((one, other) => Date.parse(one) - Date.parse(other));
    return {orders: paid.orders + holds.length, fen: paid.fen + held.fen, oldest: oldest ?? null};
}

/** A round number not below the largest, and the steps to it. */
export function scale(largest: number, steps = 3): readonly number[] {
    if (largest <= 0) {
        return [0, 1];
    }
    const rough = largest / steps;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map(unit => unit * power).find(size => size >= rough)!;
    return Array.from({length: Math.ceil(largest / step) + 1}, (_, at) => at * step);
}
