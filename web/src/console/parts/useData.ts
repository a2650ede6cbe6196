import {useCallback, useEffect, useRef, useState} from 'react';

import {Refusal} from '../../api/client';
import {useLanguage} from '../preferences';
import {ended} from '../session';

/** What a page shows of its data: the newest answer, whether a newer one is on its way, and why the last request failed. */
export interface Loaded<T> {
    data: T | undefined;
    /** A request is on its way; `data`, if any, is older. */
    busy: boolean;
    error: unknown;
    retry: () => void;
}

interface State<T> {
    data: T | undefined;
    busy: boolean;
    error: unknown;
}

/**
 * Loads data, again whenever `load` or the language changes, and stops what is on its way when it does or when the page is left. Older data
 * stay until newer ones are there.
 *
 * @param load  changes when other data are wanted: make it with `useCallback`
 * @param every milliseconds until it is loaded again, while the page is in view
 */
export function useData<T>(load: (signal: AbortSignal) => Promise<T>, every?: number): Loaded<T> {
    const [state, setState] = useState<State<T>>({data: undefined, busy: true, error: undefined});
    const [round, setRound] = useState(0);
    const spoken = useLanguage();
    const retry = useCallback(() => setRound(last => last + 1), []);
    useEffect(() => {
        const stop = new AbortController();
        setState(last => ({...last, busy: true}));
        load(stop.signal).then(data => {
            if (!stop.signal.aborted) {
                setState({data, busy: false, error: undefined});
            }
        }, (error: unknown) => {
            if (!stop.signal.aborted) {
                if (error instanceof Refusal && error.code === 'UNAUTHENTICATED') {
                    ended();
                }
                setState(last => ({...last, busy: false, error}));
            }
        });
        return () => stop.abort();
    }, [load, round, spoken]);
    useEvery(every, retry);
    return {...state, retry};
}

/** Runs while the page is in view, and at once when it comes back into view. */
export function useEvery(milliseconds: number | undefined, run: () => void): void {
    const latest = useRef(run);
    latest.current = run;
    useEffect(() => {
        if (milliseconds === undefined) {
            return undefined;
        }
        let due = Date.now() + milliseconds;
        const look = () => {
            if (document.visibilityState === 'visible' && Date.now() >= due) {
                due = Date.now() + milliseconds;
                latest.current();
            }
        };
        const timer = setInterval(look, Math.min(milliseconds, 1_000));
        document.addEventListener('visibilitychange', look);
        return () => {
            clearInterval(timer);
            document.removeEventListener('visibilitychange', look);
        };
    }, [milliseconds]);
}
