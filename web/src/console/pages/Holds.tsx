import {useCallback, useEffect, useRef, useState} from 'react';

import {useClock} from './holds/useClock';
import {decimal, fen, shown} from '../money';
import {Copy, useMethodName} from '../parts/shown';
import {HoldCard, type OpenHold} from '../parts/hold/HoldCard';
import {Icon} from '../parts/Icon';
import {Load, Rows} from '../parts/Load';
import {Empty, Note, Title} from '../parts/Page';
import {useData} from '../parts/useData';
import {api, useSession} from '../session';
import {useTexts} from '../texts';
import {waiting} from './holds/waiting';
import {HOLDS} from './holds/dictionary';
import './holds/holds.css';

const EVERY_MS = 15_000;
/** The server shows the oldest ones. */
const MOST_SHOWN = 500;

export default function Holds() {
    const texts = useTexts(HOLDS);
    const session = useSession();
    const now = useClock();
    const loaded = useData(useCallback((signal: AbortSignal) => api.get('/api/topup/holds', {signal}), []), EVERY_MS);
    const [decided, setDecided] = useState<{hold: OpenHold; act: 'credit' | 'refund'} | null>(null);
    const note = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (decided) {
            // The button that was pressed is gone with its card.
            note.current?.focus();
        }
    }, [decided]);
    const may = session.state === 'in' && session.self.roles.includes('operator');
    const holds = loaded.data ?? [];
    return <>
        <Title name={texts.title} under={holds.length > 0 ? texts.under(waiting(holds), holds.length) : texts.underNone}>{texts.title}</Title>
        <div role="status" className="came-of" ref={note} tabIndex={-1}>{decided ? <Decided {...decided} close={() => setDecided(null)}/> : null}</div>
        {may || holds.length === 0 ? null : <Note>{texts.auditor}</Note>}
        <Load of={loaded} skeleton={<Rows count={3} height={112}/>}>
            {all => all.length === 0 ? <Empty icon="check" title={texts.none}>{texts.noneHint}</Empty> : <ul className="grid holds">
                {all.map(hold => <li key={`${hold.payment_method} ${hold.transaction_id} ${hold.order_id}`}>
                    <HoldCard hold={hold} now={now} may={may} linked decided={act => {
                        setDecided({hold, act});
                        loaded.retry();
                    }}/>
                </li>)}
                {all.length >= MOST_SHOWN ? <li><Note>{texts.mostShown(MOST_SHOWN)}</Note></li> : null}
            </ul>}
        </Load>
    </>;
}

/** What was decided, and what is left to do for it. */
function Decided({hold, act, close}: {hold: OpenHold; act: 'credit' | 'refund'; close: () => void}) {
    const texts = useTexts(HOLDS);
    const method = useMethodName()(hold.payment_method);
    const left = shown(decimal((fen(hold.money) ?? 0) - (fen(hold.refunded) ?? 0)), hold.currency);
    return <Note kind={act === 'credit' ? 'ok' : 'info'} act={<button type="button" className="btn quiet sm sq" aria-label={texts.close} onClick={close}><Icon name="close" size={16}/></button>}>
        {act === 'credit' ? <><b>{texts.credited}</b> {texts.creditedHint}</> : <><b>{texts.refunding(left)}</b> {texts.refundHint(method)}</>}
        {' '}<span>{texts.transaction} <Copy text={hold.transaction_id} what={texts.transaction}/></span>
    </Note>;
}
