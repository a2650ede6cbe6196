import {useEffect, useMemo, useRef, useState} from 'react';

import {Refusal, type Data} from '../../../api/client';
import {useLanguage} from '../../preferences';
import {api} from '../../session';
import {body, textsByField, whole, type Fault} from './draft';
import {OF_PRICES} from './fields';
import {Newest} from './newest';
import {useEditing} from './useSettings';

export type Price = Data<'/api/option/prices', 'post'>[number];

/** How long after the last key. */
const PAUSE_MS = 300;

export interface Prices {
    prices: readonly Price[] | undefined;
    /** A newer answer is on its way; `prices` are grey meanwhile. */
    busy: boolean;
    /** Why there is no newer answer. */
    fault: string;
    /** The fields that show why. */
    fields?: readonly string[];
    /** Whether they are of settings that are not saved. */
    unsaved: boolean;
}

/** What amounts would cost by what is typed, computed by the server. */
export function usePrices(amounts: readonly number[], method: string, group: string): Prices {
    const {draft, saved, local, setLive} = useEditing();
    const language = useLanguage();
    const [state, setState] = useState<Omit<Prices, 'unsaved'>>({prices: undefined, busy: true, fault: ''});
    const settings = useMemo(() => Object.fromEntries(Object.entries(body(whole(draft), saved)).filter(([name]) => OF_PRICES.has(name))), [draft, saved]);
    const question = JSON.stringify({settings, amounts, payment_method: method, group});
    const newest = useRef<Newest<string, readonly Price[]>>(null);
    newest.current ??= new Newest<string, readonly Price[]>(
        (asked, signal) => api.post('/api/option/prices', {body: JSON.parse(asked), signal}),
        prices => {
            setLive({});
            setState({prices, busy: false, fault: ''});
        },
        cause => {
            const faults = cause instanceof Refusal && Array.isArray(cause.data) ? textsByField(cause.data as Fault[]) : {};
            setLive(faults);
            setState(last => ({...last, busy: false, fault: cause instanceof Refusal ? cause.message : '—', fields: Object.keys(faults)}));
        },
        PAUSE_MS,
    );
    const asked = useRef(false);
    const wrong = Object.keys(local).some(name => OF_PRICES.has(name));
    useEffect(() => {
        if (amounts.length === 0 || wrong) {
            newest.current!.stop();
            setState(last => ({...last, busy: false, fault: ''}));
            return undefined;
        }
        setState(last => ({...last, busy: true}));
        newest.current!.put(question, !asked.current);
        asked.current = true;
        return () => newest.current!.stop();
        // `language`: the texts of refusals are the reader's.
    }, [question, language, wrong]);
    return {...state, unsaved: Object.keys(settings).length > 0};
}

/** The amounts that a preview shows: the first that are offered, as they are typed. */
export function samples(typed: unknown, most: number): number[] {
    return (Array.isArray(typed) ? typed : []).filter((amount): amount is number => Number.isSafeInteger(amount) && (amount as number) > 0).slice(0, most);
}
