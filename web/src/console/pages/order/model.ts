import type {Data} from '../../../api/client';
import type {OfRefund} from './refund-facts';

/** An order's timeline, as the API has it. */
export type OrderTimeline = Data<'/api/topup/{orderId}/timeline', 'get'>;

export interface MinorUnits {
    minor_units: number;
    currency: string;
}

export interface Of<K extends string, D> {
    at: string;
    kind: K;
    source: string;
    repeated: boolean;
    left_out?: number;
    data: D;
}

/** What a payment or a refund was learnt from. */
export type Source = 'NOTIFICATION' | 'QUERY' | 'BILL';
export type HoldReason = Data<'/api/topup/holds', 'get'>[number]['reason'];
export type Meaning = 'PAID' | 'UNPAID' | 'ABSENT' | 'CLOSED' | 'UNKNOWN' | 'UNCLEAR' | 'REFUSED' | 'REFUNDED';
export type Question = 'QUERY' | 'CLOSE' | 'CREATE' | 'REFUNDS';
export type CloseReason = 'PROVIDER_REFUSED' | 'EXPIRED' | 'CANCELLED' | 'PROVIDER_CLOSED' | 'REFUNDED';

export type Created = Of<'OrderCreated', {trade_number: string; provider: string; merchant: {app_id: string; merchant_id: string}; money: MinorUnits; subject: string;
    created_at: string; expires_at: string; purchase: {user_id: string; quota: number}}>;
export type Confirmed = Of<'PaymentConfirmed', {provider: string; transaction_id: string; money: MinorUnits; refunded?: MinorUnits; paid_at: string; source: Source;
    evidence: {received_at: string; headers: Record<string, string[]>; body: string}}>;
export type Held = Of<'PaymentHeld', {provider: string; transaction_id: string; money: MinorUnits; refunded?: MinorUnits; reason: HoldReason}>;
export type Resolved = Of<'HoldResolved', {provider: string; transaction_id: string; actor: string; reason: string;
    resolution: {kind: 'CREDIT'; user_id: string; quota: number} | {kind: 'REFUND'}}>;
export type Credited = Of<'QuotaCredited', {transaction_id: string; user_id: string; quota: number; late: boolean; released: boolean}>;
export type Closed = Of<'OrderClosed', {reason: CloseReason}>;
export type Asked = Of<'CheckRequested' | 'CancelRequested', {actor: string; reason: string; key: string}>;
export type Notified = Of<'Notification', {id: string; provider: string; path: string; remote_address: string; verdict: 'NOT_A_PAYMENT' | 'FORGED' | 'UNCLEAR'; reason: string; body: string}>;
export type Answered = Of<'ProviderAnswer', {id: string; provider: string; question: Question; meaning: Meaning; reason: string; asked_at: string; body: string}>;
/** Any of them; of what this page does not know, kind and data are shown as they are. */
export type Entry = Created | Confirmed | Held | Resolved | Credited | Closed | Asked | Notified | Answered | OfRefund;

export const entriesOf = (timeline: OrderTimeline): readonly Entry[] => timeline.entries as unknown as readonly Entry[];

export function first<K extends Entry['kind']>(entries: readonly Entry[], kind: K): Extract<Entry, {kind: K}> | undefined {
    return entries.find(entry => entry.kind === kind) as Extract<Entry, {kind: K}> | undefined;
}

export function all<K extends Entry['kind']>(entries: readonly Entry[], kind: K): readonly Extract<Entry, {kind: K}>[] {
    return entries.filter(entry => entry.kind === kind && !entry.repeated) as unknown as readonly Extract<Entry, {kind: K}>[];
}

/** Silence longer than this is drawn. */
export const SILENCE_MS = 60_000;

/** What is drawn: an entry with all that is like it, silence, or entries that the answer leaves out. */
export type Drawn = {draw: 'entry'; entry: Entry; again: readonly Entry[]; hidden: number} | {draw: 'silence'; milliseconds: number};

/** The same fact stands once, with its repetitions; answers and notifications that say the same one after another are one entry, too. */
export function drawn(entries: readonly Entry[]): readonly Drawn[] {
    const rows: {entry: Entry; again: Entry[]; hidden: number}[] = [];
    for (const entry of entries) {
        const like = entry.repeated ? rows.find(row => fact(row.entry) === fact(entry)) : sameAsLast(rows.at(-1)?.entry, entry) ? rows.at(-1) : undefined;
        const hidden = Number(entry.left_out ?? 0);
        if (like) {
            like.again.push(entry);
            like.hidden += hidden;
        } else {
            rows.push({entry, again: [], hidden});
        }
    }
    return withSilence(rows);
}

function withSilence(rows: readonly {entry: Entry; again: readonly Entry[]; hidden: number}[]): readonly Drawn[] {
    let last = Number.NaN;
    return rows.flatMap(row => {
        const at = Date.parse(row.entry.at);
        const silent = at - last;
        // Repetitions of a fact are no sign of life between two entries, but a run of answers is.
        const ends = row.entry.repeated || isFact(row.entry) ? at : Date.parse(row.again.at(-1)?.at ?? row.entry.at);
        last = Number.isNaN(last) ? ends : Math.max(last, ends);
        const entry: Drawn = {draw: 'entry', ...row};
        return silent > SILENCE_MS ? [{draw: 'silence', milliseconds: silent} as const, entry] : [entry];
    });
}

const isFact = (entry: Entry): boolean => entry.kind !== 'Notification' && entry.kind !== 'ProviderAnswer';

/** What makes two appended facts the same one. */
function fact(entry: Entry): string {
    const {transaction_id: transaction, key, refund_number: refund, arrival} = entry.data as {transaction_id?: string; key?: string; refund_number?: string; arrival?: string};
    return `${entry.kind} ${entry.kind === 'CheckRequested' || entry.kind === 'CancelRequested' ? key : refund ?? transaction ?? ''} ${arrival ?? ''}`;
}

function sameAsLast(last: Entry | undefined, entry: Entry): boolean {
    if (last?.kind === 'ProviderAnswer' && entry.kind === 'ProviderAnswer') {
        return last.data.question === entry.data.question && last.data.meaning === entry.data.meaning;
    }
    return last?.kind === 'Notification' && entry.kind === 'Notification' && last.data.verdict === entry.data.verdict;
}

/** A payment of an order, and what became of it. */
export interface Payment {
    confirmed: Confirmed | undefined;
    held: Held | undefined;
    decided: Resolved | undefined;
    credited: Credited | undefined;
    money: MinorUnits;
    transaction: string;
}

/** The order's payments as they came. */
export function payments(entries: readonly Entry[]): readonly Payment[] {
    const of = <E extends {data: {transaction_id: string}}>(found: readonly E[], transaction: string) => found.find(entry => entry.data.transaction_id === transaction);
    const [confirmed, held, decided, credited] = [all(entries, 'PaymentConfirmed'), all(entries, 'PaymentHeld'), all(entries, 'HoldResolved'), all(entries, 'QuotaCredited')];
    const seen = new Set([...confirmed, ...held].map(entry => entry.data.transaction_id));
    return [...seen].map(transaction => {
        const [one, hold] = [of(confirmed, transaction), of(held, transaction)];
        return {confirmed: one, held: hold, decided: of(decided, transaction), credited: of(credited, transaction), money: (one ?? hold)!.data.money, transaction};
    });
}

/** Amounts of a fact that was appended again which differ from the first: the provider said two things. */
export const differing = (entry: Entry, again: readonly Entry[]): readonly MinorUnits[] => {
    const money = (of: Entry) => (of.data as {money?: MinorUnits}).money;
    const mine = money(entry);
    const others = again.flatMap(other => money(other) ?? []).filter(other => mine && (other.minor_units !== mine.minor_units || other.currency !== mine.currency));
    return others.filter((other, at) => others.findIndex(same => same.minor_units === other.minor_units && same.currency === other.currency) === at);
};

/** A node of the money's path. */
export interface Step {
    at: string;
    kind: 'placed' | 'paid' | 'held' | 'credited' | 'toRefund' | 'refunded' | 'closed';
    money?: MinorUnits;
    quota?: number;
    /** What was paid less what was due. */
    off?: number;
}

/** Where the money went, in the order of time: amounts at the nodes. */
export function path(entries: readonly Entry[]): readonly Step[] {
    const created = first(entries, 'OrderCreated');
    return entries.filter(entry => !entry.repeated).flatMap((entry): Step[] => {
        switch (entry.kind) {
            case 'OrderCreated': return [{at: entry.at, kind: 'placed', money: entry.data.money}];
            case 'PaymentConfirmed': return [{at: entry.at, kind: 'paid', money: entry.data.money}];
            case 'PaymentHeld': return [{at: entry.at, kind: 'held', money: entry.data.money, ...offOf(created, entry)}];
            case 'QuotaCredited': return [{at: entry.at, kind: 'credited', quota: entry.data.quota}];
            case 'HoldResolved': return entry.data.resolution.kind === 'REFUND' ? [{at: entry.at, kind: 'toRefund'}] : [];
            case 'RefundSucceeded': return entry.data.arrival === 'PAYER' ? [{at: entry.at, kind: 'refunded', money: entry.data.money}] : [];
            case 'RefundFound': return [{at: entry.at, kind: 'refunded', money: entry.data.money}];
            case 'OrderClosed': return [{at: entry.at, kind: 'closed'}];
            default: return [];
        }
    });
}

/** By how much a held payment differs from what was due, where it is held for that. */
export function offOf(created: Created | undefined, held: Held): {off?: number} {
    const comparable = created && held.data.reason === 'AMOUNT_MISMATCH' && created.data.money.currency === held.data.money.currency;
    return comparable ? {off: held.data.money.minor_units - created.data.money.minor_units} : {};
}
