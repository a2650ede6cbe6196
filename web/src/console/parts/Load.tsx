import {useEffect, useState, type ReactNode} from 'react';

import {Refusal} from '../../api/client';
import {useTexts} from '../texts';
import {Note} from './Page';
import type {Loaded} from './useData';
import {COMMON} from './dictionary';

/** Below this a skeleton would only flash. */
const SKELETON_AFTER_MS = 200;

/** Shows data once they are there: a skeleton before, what failed with a button, and older data while newer ones load. */
export function Load<T>({of, skeleton, children}: {of: Loaded<T>; skeleton: ReactNode; children: (data: T) => ReactNode}) {
    const {data, error, busy, retry} = of;
    if (data === undefined) {
        return error !== undefined && !busy ? <Failed error={error} retry={retry}/> : <Soon><div aria-busy="true">{skeleton}</div></Soon>;
    }
    return <>{error === undefined ? null : <Failed error={error} retry={retry} older/>}{children(data)}</>;
}

function Soon({children}: {children: ReactNode}) {
    const texts = useTexts(COMMON);
    const [due, setDue] = useState(false);
    useEffect(() => {
        const timer = setTimeout(() => setDue(true), SKELETON_AFTER_MS);
        return () => clearTimeout(timer);
    }, []);
    return due ? <><span role="status" className="vh">{texts.loading}</span>{children}</> : null;
}

/** What failed, that money is not affected, and the button. */
export function Failed({error, retry, older = false}: {error: unknown; retry: () => void; older?: boolean}) {
    const texts = useTexts(COMMON);
    const retryButton = <button type="button" className="btn line sm" onClick={retry}>{texts.retry}</button>;
    return <div role="alert"><Note kind="bad" act={retryButton}><b>{older ? texts.older : texts.notLoaded}</b>{' '}<Why error={error}/></Note></div>;
}

/** Why something was not done, in the reader's language. */
export function Why({error}: {error: unknown}) {
    const texts = useTexts(COMMON);
    return <>{error instanceof Refusal && error.message ? `${error.message} ` : ''}{error instanceof Refusal ? texts.moneySafe : texts.unreachable}</>;
}

/** A grey bar as big as what comes. */
export function Bar({width = '100%', height = 20}: {width?: number | string; height?: number}) {
    return <div className="sk" style={{width, height}}/>;
}

/** Rows of a list to come. */
export function Rows({count = 6, height = 48}: {count?: number; height?: number}) {
    return <div className="card sk-rows">{Array.from({length: count}, (_, row) => <div key={row} style={{height}}><Bar width={`${90 - row % 3 * 12}%`} height={16}/></div>)}</div>;
}
