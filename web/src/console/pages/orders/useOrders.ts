import {useCallback, useEffect, useState} from 'react';

import type {Data} from '../../../api/client';
import {useData, type Loaded} from '../../parts/useData';
import {api} from '../../session';
import {query, type Filters} from './filters';

export type OrderRow = Data<'/api/topup', 'get'>['items'][number];
const PAGE_ROWS = 20;

export interface Orders {
    first: Loaded<Data<'/api/topup', 'get'>>;
    rows: readonly OrderRow[];
    /** There are older ones. */
    more: boolean;
    older: () => void;
    olderBusy: boolean;
    olderError: unknown;
}

interface Older {
    rows: readonly OrderRow[];
    next: string | undefined;
    busy: boolean;
    error: unknown;
}

const NO_OLDER: Older = {rows: [], next: undefined, busy: false, error: undefined};

/** The newest orders of what the filters narrow to; older ones are added behind them. */
export function useOrders(filters: Filters): Orders {
    const asked = JSON.stringify(filters);
    const load = useCallback((signal: AbortSignal) => loadOrders(JSON.parse(asked) as Filters, PAGE_ROWS, undefined, signal), [asked]);
    const first = useData(load);
    const [older, setOlder] = useState<Older>(NO_OLDER);
    useEffect(() => setOlder({...NO_OLDER, next: first.data?.next}), [first.data]);
    const loadOlder = useCallback(() => {
        setOlder(last => ({...last, busy: true, error: undefined}));
        const of = first.data;
        loadOrders(JSON.parse(asked) as Filters, PAGE_ROWS, older.next).then(
            page => setOlder(last => of === first.data ? {rows: [...last.rows, ...page.items], next: page.next, busy: false, error: undefined} : last),
            (error: unknown) => setOlder(last => ({...last, busy: false, error})));
    }, [asked, first.data, older.next]);
    return {first, rows: [...first.data?.items ?? [], ...older.rows], more: older.next !== undefined, older: loadOlder, olderBusy: older.busy, olderError: older.error};
}

export function loadOrders(filters: Filters, rows: number, after?: string, signal?: AbortSignal) {
    return api.get('/api/topup', {query: {...query(filters, new Date()), page_size: rows, after} as never, ...(signal ? {signal} : {})});
}
