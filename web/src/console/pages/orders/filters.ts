import type {Status} from '../../parts/shown';

export type Period = 'today' | 'week' | 'month';

/** What the list is narrowed to, as it stands in the page's address. */
export interface Filters {
    text: string;
    status: string;
    payment_method: string;
    user: string;
    least_money: string;
    most_money: string;
    period: string;
    /** Of the reader's zone, to the minute: `2026-11-23T09:30`. */
    from: string;
    until: string;
}

export const NONE: Filters = {text: '', status: '', payment_method: '', user: '', least_money: '', most_money: '', period: '', from: '', until: ''};
export const STATUSES: readonly Status[] = ['NEW', 'AWAITING_PAYMENT', 'PAID', 'CREDITED', 'HELD', 'CLOSED', 'REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED'];
export const METHODS = ['wechat', 'alipay'] as const;
export const PERIODS: readonly Period[] = ['today', 'week', 'month'];
const DAYS: Record<Period, number> = {today: 1, week: 7, month: 30};

const NAMES = Object.keys(NONE) as (keyof Filters)[];

/** Reads the filters of an address; what is no filter narrows nothing. */
export function read(search: string): Filters {
    const given = new URLSearchParams(search);
    return Object.fromEntries(NAMES.map(name => [name, given.get(name) ?? ''])) as unknown as Filters;
}

/** The address's part for the filters, without those that narrow nothing. */
export function written(filters: Filters): string {
    const set = NAMES.filter(name => filters[name] !== '').map(name => [name, filters[name]]);
    return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
}

export const narrowed = (filters: Filters): boolean => NAMES.some(name => filters[name] !== '');

/** What the API is asked for. A period begins with a day of the reader's zone. */
export function query(filters: Filters, now: Date) {
    const {period, from, until, status, ...same} = filters;
    const begin = PERIODS.find(one => one === period);
    const day = (back: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - back).toISOString();
    return {
        ...same,
        status: STATUSES.find(one => one === status) ?? '',
        from: begin ? day(DAYS[begin] - 1) : instant(from),
        until: begin ? '' : instant(until),
    };
}

function instant(local: string): string {
    const time = new Date(local);
    return local === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** True for what an amount's filter takes: yuan with two decimals at most. */
export const isYuan = (text: string): boolean => text === '' || /^\d{1,9}(\.\d{1,2})?$/.test(text);
export const isUser = (text: string): boolean => text === '' || /^[!-~]{1,64}$/.test(text);
/** An order's number in full: what is known of it can be asked for, whether it is ours or not. */
export const isNumber = (text: string): boolean => /^[0-9A-Za-z_-]{8,64}$/.test(text) && text.length >= 20;
