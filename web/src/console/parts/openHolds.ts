import {useCallback, useEffect} from 'react';

import {api} from '../session';
import {useData} from './useData';

/** How often the count is renewed when nothing is decided here. */
const EVERY_MS = 60_000;
const watchers = new Set<() => void>();

/** A payment was decided: what counts the open ones counts again. */
export const holdsChanged = (): void => watchers.forEach(watch => watch());

/** How many payments wait for a decision. */
export function useOpenHolds(): number {
    const {data, retry} = useData(useCallback((signal: AbortSignal) => api.get('/api/topup/figures', {query: {days: 1}, signal}), []), EVERY_MS);
    useEffect(() => {
        watchers.add(retry);
        return () => {
            watchers.delete(retry);
        };
    }, [retry]);
    return Number(data?.open_holds ?? 0);
}
