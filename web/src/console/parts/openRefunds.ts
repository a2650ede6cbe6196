import {useCallback, useEffect} from 'react';

import {api} from '../session';
import {useData} from './useData';

/** How often the count is renewed when nothing is decided here. */
const EVERY_MS = 60_000;
const watchers = new Set<() => void>();

/** A refund was requested or decided about: what counts those that wait counts again. */
export const refundsChanged = (): void => watchers.forEach(watch => watch());

/** How many refunds wait for an operator. */
export function useOpenRefunds(): number {
    const {data, retry} = useData(useCallback((signal: AbortSignal) => api.get('/api/topup/refunds', {signal}), []), EVERY_MS);
    useEffect(() => {
        watchers.add(retry);
        return () => {
            watchers.delete(retry);
        };
    }, [retry]);
    return data?.length ?? 0;
}
