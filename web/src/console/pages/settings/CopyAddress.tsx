import {useEffect, useRef, useState} from 'react';

import {COMMON} from '../../parts/dictionary';
import {Icon} from '../../parts/Icon';
import {useTexts} from '../../texts';
import {SETTINGS} from './dictionary';

const COPIED_FOR_MS = 2_000;

/** An address that is read and copied, never changed here. */
export function CopyAddress({address}: {address: string}) {
    const common = useTexts(COMMON);
    const texts = useTexts(SETTINGS);
    const [state, setState] = useState<'rest' | 'copied' | 'failed'>('rest');
    const timer = useRef(0);
    useEffect(() => () => clearTimeout(timer.current), []);
    const copy = () => {
        clearTimeout(timer.current);
        navigator.clipboard.writeText(address).then(() => setState('copied'), () => setState('failed'))
            .finally(() => timer.current = window.setTimeout(() => setState('rest'), COPIED_FOR_MS));
    };
    return <>
        <div className="inp ro">
            <output className="mono grow">{address}</output>
            <button type="button" className="link" aria-label={common.copy(texts.copyCallback) as string} onClick={copy}>
                <Icon name={state === 'copied' ? 'check' : 'copy'} size={16}/>{state === 'copied' ? common.copied : texts.copyShort}
            </button>
        </div>
        <span role="status" className={state === 'failed' ? 'sm-t badc' : 'vh'}>{state === 'copied' ? common.copied : state === 'failed' ? common.notCopied : ''}</span>
    </>;
}
