import {useEffect, useState} from 'preact/hooks';

import {Refusal, Unreachable} from '../api/client';
import {useEnv} from './env';
import {Note} from './parts';
import {place, type Purchase} from './placing';
import {methodName} from './texts';
import {wait as waitText} from './time';

export interface Placing {
    busy: boolean;
    /** Which try of the same press this is. */
    attempt: number;
    failure: unknown;
    /** Seconds until the button may be pressed again. */
    wait: number;
    waitText: string;
    place: (purchase: Purchase) => Promise<void>;
}

/** Places an order and goes to it. */
export function usePlacing(replace = false): Placing {
    const {api, keys, go, reload, language, t, happened} = useEnv();
    const [state, setState] = useState<{busy: boolean; attempt: number; failure: unknown}>({busy: false, attempt: 1, failure: null});
    const [wait, setWait] = useState(0);
    useEffect(() => {
        const timer = wait > 0 ? setTimeout(() => setWait(wait - 1), 1000) : undefined;
        return () => clearTimeout(timer);
    }, [wait]);
    const tooMany = state.failure instanceof Refusal && state.failure.code === 'TOO_MANY_ORDERS';
    const after = waitText(wait, language);
    return {
        ...state,
        wait,
        waitText: tooMany ? t.tooManyOrders(after) : t.tooFast(after),
        place: async purchase => {
            if (state.busy) {
                return;
            }
            setState({busy: true, attempt: 1, failure: null});
            try {
                const placed = await place(api, keys(), purchase, attempt => setState({busy: true, attempt, failure: null}));
                go({page: 'order', id: placed.order_id, started: true}, replace);
                setState({busy: false, attempt: 1, failure: null});
            } catch (failure) {
                setState({busy: false, attempt: 1, failure});
                if (failure instanceof Refusal) {
                    happened({type: 'error', code: failure.code, message: failure.message});
                    if (failure.status === 429 && failure.after && failure.code !== 'TOO_MUCH_TODAY' && failure.code !== 'TOO_MANY_UNPAID') {
                        setWait(failure.after);
                    }
                    if (failure.code === 'METHOD_NOT_OFFERED' || failure.status === 401) {
                        await reload();
                    }
                }
            }
        },
    };
}

/** Why no order was placed, and the one thing to do. */
export function PlacingFailure({placing, method, others, use}: {placing: Placing; method: string; others: string[]; use: (method: string) => void}) {
    const {t, go} = useEnv();
    const {failure} = placing;
    if (failure === null || placing.busy) {
        return placing.busy && placing.attempt > 1 ? <Note tone="info" role="status" title={t.retrying(placing.attempt)}>{t.retryingHint}</Note> : null;
    }
    if (failure instanceof Unreachable) {
        return <Note tone="warn" role="alert" title={navigator.onLine ? t.noLuck : t.offline}>{navigator.onLine ? t.noLuckHint : t.offlineHint}</Note>;
    }
    if (!(failure instanceof Refusal)) {
        return <Note tone="bad" role="alert" title={t.notPlaced}>{t.notPlacedHint}</Note>;
    }
    const name = methodName(t, method);
    const other = others[0];
    switch (failure.code) {
        case 'PROVIDER_REFUSED':
        case 'METHOD_NOT_OFFERED':
            return <Note tone="warn" role="alert" title={failure.code === 'PROVIDER_REFUSED' ? t.refusedByProvider(name) : t.paused(name, null)}>{t.nothingCharged}
                {other && <> <button class="link" type="button" onClick={() => use(other)}>{t.use(methodName(t, other))}</button></>}</Note>;
        case 'TOO_MANY_UNPAID':
            return <Note tone="warn" role="alert">{t.tooManyUnpaid} <button class="link" type="button" onClick={() => go({page: 'history', filter: 'to-pay'})}>{t.showUnpaid}</button></Note>;
        case 'TOO_MUCH_TODAY':
        case 'ORDERS_PAUSED':
        case 'AMOUNT_BELOW_MINIMUM':
        case 'AMOUNT_TOO_LARGE':
        case 'PRICE_TOO_LOW':
            return <Note tone="warn" role="alert">{failure.message}</Note>;
        case 'TOO_MANY_REQUESTS':
        case 'TOO_MANY_FROM_ADDRESS':
        case 'TOO_MANY_ORDERS':
            return <Note tone="warn" role="status">{placing.wait > 0 ? placing.waitText : failure.message}</Note>;
        case 'PROVIDER_UNREACHABLE':
        case 'UNAVAILABLE':
            return <Note tone="warn" role="alert" title={t.noLuck}>{t.noLuckHint}</Note>;
        default:
            return <Note tone="bad" role="alert" title={t.notPlaced}>{t.notPlacedHint}</Note>;
    }
}
