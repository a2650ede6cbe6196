import {useState} from 'react';

import {useEvery} from '../../parts/useData';
import {api} from '../../session';

const TICK_MS = 1_000;

/** The server's time, renewed each second while the page is in view. */
export function useClock(): number {
    const [now, setNow] = useState(() => api.now());
    useEvery(TICK_MS, () => setNow(api.now()));
    return now;
}
