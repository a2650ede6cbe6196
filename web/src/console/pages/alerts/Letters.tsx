import {useCallback, useState} from 'react';
import {Link} from 'wouter';

import type {Data} from '../../../api/client';
import {Confirm} from '../../parts/Confirm';
import {Failed, Load, Rows} from '../../parts/Load';
import {Empty, Note} from '../../parts/Page';
import {Chip, Copy, Time} from '../../parts/shown';
import {useData} from '../../parts/useData';
import {api, useSession} from '../../session';
import {useTexts} from '../../texts';
import {ALERTS} from './dictionary';

type Letter = Data<'/api/topup/dead-letters', 'get'>['items'][number];

const page = (after: string | undefined, signal?: AbortSignal) =>
    api.get('/api/topup/dead-letters', {...(after === undefined ? {} : {query: {after}}), ...(signal ? {signal} : {})});

/** The records that a view set aside, newest first, and appending one again. */
export function Letters() {
    const texts = useTexts(ALERTS);
    const session = useSession();
    const may = session.state === 'in' && session.self.roles.includes('operator');
    const first = useData(useCallback((signal: AbortSignal) => page(undefined, signal), []));
    const [more, setMore] = useState<{after: string | undefined; items: readonly Letter[]; next: string | undefined; busy: boolean; error: unknown} | null>(null);
    const [asked, setAsked] = useState<Letter | null>(null);
    const [done, setDone] = useState<Letter | null>(null);
    const begun = more && first.data && more.after === first.data.next ? more : null;
    const next = begun ? begun.next : first.data?.next;
    const load = async () => {
        const now = begun ?? {after: first.data?.next, items: [], next: first.data?.next, busy: false, error: undefined};
        setMore({...now, busy: true, error: undefined});
        try {
            const older = await page(now.next);
            setMore({...now, items: [...now.items, ...older.items], next: older.next, busy: false, error: undefined});
        } catch (error) {
            setMore({...now, busy: false, error});
        }
    };
    return <>
        <div role="status" className="came-of">{done ? <Note kind="ok">{texts.redriven(`${done.partition}/${done.offset}`)}</Note> : null}</div>
        <Load of={first} skeleton={<Rows count={3} height={88}/>}>
            {data => data.items.length === 0 ? <Empty icon="check" title={texts.noLetters}>{texts.noLettersHint}</Empty> : <>
                <p className="t2">{texts.lettersHint}</p>
                <ul className="card letters" aria-label={texts.letters}>
                    {[...data.items, ...(begun?.items ?? [])].map(letter => <Row key={`${letter.partition}/${letter.offset}`} letter={letter} ask={may ? () => setAsked(letter) : null}/>)}
                </ul>
                {begun?.error === undefined ? null : <Failed error={begun.error} retry={() => void load()}/>}
                {next === undefined ? null : <div><button type="button" className="btn line" disabled={begun?.busy} onClick={() => void load()}>{begun?.busy ? texts.loading : texts.older}</button></div>}
            </>}
        </Load>
        {asked ? <Confirm title={texts.redriveTitle} act={texts.redriveAct} note={texts.redriveNote} close={() => setAsked(null)} run={async reason => {
            await api.post('/api/topup/dead-letters/{partition}/{offset}/redrive', {path: {partition: asked.partition, offset: asked.offset}, body: {reason}});
            setDone(asked);
            setMore(null);
            first.retry();
        }}><p className="t2">{asked.cause}</p></Confirm> : null}
    </>;
}

function Row({letter, ask}: {letter: Letter; ask: (() => void) | null}) {
    const texts = useTexts(ALERTS);
    const {redriven} = letter;
    return <li>
        <div className="lt">
            <b>{kind(letter.type) || texts.unknownType}</b>
            {redriven ? <Chip kind="ok">{texts.wasRedriven}</Chip> : <Chip kind="warn">{texts.setAside}</Chip>}
            <span className="t3 sm-t"><Time at={letter.at}/></span>
        </div>
        <p className="t2 lt-cause">{letter.cause}</p>
        <dl className="lt-facts">
            {letter.order_id === '' ? null : <div><dt>{texts.order}</dt><dd><Link className="mono" href={`/orders/${encodeURIComponent(letter.order_id)}`}>{letter.order_id}</Link></dd></div>}
            <div><dt>{texts.place}</dt><dd><Copy text={`${letter.partition}/${letter.offset}`} what={texts.place}/></dd></div>
            <div><dt>{texts.was}</dt><dd className="mono">{letter.topic}</dd></div>
            {redriven ? <div><dt>{texts.redrivenBy}</dt><dd>{redriven.actor} · <Time at={redriven.at}/> · {redriven.reason}</dd></div> : null}
        </dl>
        {redriven || !ask ? null : <button type="button" className="btn line sm" aria-label={texts.redriveOf(`${letter.partition}/${letter.offset}`) as string} onClick={ask}>{texts.redrive}</button>}
    </li>;
}

/** `PaymentConfirmed` of `dev.sluice.PaymentConfirmed.v1`. */
export const kind = (type: string): string => type.replace(/^dev\.sluice\./, '').replace(/\.v\d+$/, '');
