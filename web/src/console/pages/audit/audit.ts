import {Refusal, Unreachable, type Code} from '../../../api/client';
import {api} from '../../session';
import {lines, take} from './lines';

/** A row of the audit; docs/api.md and docs/finance.md describe it. */
export interface Row {
    at: string;
    type: string;
    order?: string;
    user?: string;
    provider?: string;
    refund?: string;
    actor?: string;
    repeated: boolean;
    /** In the currency's smallest unit. */
    money_in?: number;
    money_out?: number;
    currency?: string;
    quota?: number;
    debit_account?: string;
    credit_account?: string;
    topic: string;
    partition: number;
    offset: number;
    after: string;
}

export interface Search {
    from: string;
    to: string;
    type: string;
    order: string;
    user: string;
}

export interface Proof {
    at: string;
    agrees: boolean;
    accounts: number;
    transfers: number;
    facts: number;
    difference?: {kind: string; subject: string; expected: string; found: string} | null;
}

/** How far a verification is; the last one is its result. */
export interface Verified {
    verified: boolean | null;
    rows: number;
    broken?: {topic: string; partition: number; offset: number; difference: 'CONTENT_DIFFERS' | 'ROWS_MISSING_OR_ADDED' | 'PUBLISHED_HEAD_DIFFERS' | 'TAIL_MISSING'} | null;
}

export const PAGE = 100;

/** The event's name: `QuotaCredited` of `dev.sluice.QuotaCredited.v1`. */
export const nameOf = (type: string): string => type.replace(/^dev\.sluice\./, '').replace(/\.v\d+$/, '');

/** What the route is asked; an empty field narrows nothing. */
export function asked(search: Search, more: Record<string, string> = {}): string {
    const given = Object.entries({...search, ...more}).filter(([, value]) => value !== '');
    return given.length === 0 ? '/api/audit/events' : `/api/audit/events?${new URLSearchParams(given)}`;
}

/** The rows after one, a page of them; the answer is ended when they are there. */
export async function loadRows(search: Search, after: string, signal: AbortSignal): Promise<readonly Row[]> {
    return await take(lines<Row>(await opened(asked(search, {after}), signal)), PAGE);
}

/** Walks the whole audit and tells how far it is. */
export async function verify(tell: (verified: Verified) => void, signal: AbortSignal): Promise<void> {
    for await (const line of lines<Verified>(await opened('/api/audit/verify', signal))) {
        tell(line);
    }
}

async function opened(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const answer = await api.fetch(path, {signal});
    if (!answer.ok || !answer.body) {
        throw await refusalOf(answer);
    }
    return answer.body;
}

async function refusalOf(answer: Response): Promise<Error> {
    try {
        const {code, data} = await answer.json() as {code: Code; data: string};
        return new Refusal(code, data, answer.status, null, data);
    } catch {
        return new Unreachable(`HTTP ${answer.status}`);
    }
}

/** The whole answer as a file. The session counts only with this page's header, so a bare link would be refused. */
export async function save(search: Search, format: 'csv' | 'ndjson', signal: AbortSignal): Promise<void> {
    const answer = await api.fetch(asked(search, {format}), {signal});
    if (!answer.ok) {
        throw await refusalOf(answer);
    }
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `audit-${search.from || 'all'}-${search.to || 'now'}.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
