import {useId, useState} from 'react';
import {Link} from 'wouter';

import {Confirm} from '../../parts/Confirm';
import {Icon} from '../../parts/Icon';
import {Chip, Copy, Time} from '../../parts/shown';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {amount, type Case} from './books';
import {RECONCILE} from './dictionary';

const KINDS = {OPEN: 'warn', CLOSED: 'ok', RESOLVED: ''} as const;
const ACTS = ['ACCEPTED', 'NOT_OURS', 'CLEARED_WITH_PROVIDER', 'REFUNDED_AT_PROVIDER'] as const;
type Act = typeof ACTS[number];

/** The differences of a day: what was expected and found, the evidence, and what became of it. */
export function Cases({cases, may, done}: {cases: readonly Case[]; may: boolean; done: () => void}) {
    const texts = useTexts(RECONCILE);
    const [asked, setAsked] = useState<Case | null>(null);
    return <section className="card cases" aria-labelledby="differences">
        <h2 id="differences" className="vh">{texts.differences}</h2>
        <ul className="diff">{cases.map(one => <Difference key={one.id} of={one} resolve={may && one.closing.state === 'OPEN' ? () => setAsked(one) : null}/>)}</ul>
        {asked ? <Resolve of={asked} done={done} close={() => setAsked(null)}/> : null}
    </section>;
}

function Difference({of, resolve}: {of: Case; resolve: (() => void) | null}) {
    const texts = useTexts(RECONCILE);
    const {kind, closing, difference, numbers} = of;
    const side = (name: string, text: string) => <div className={text ? '' : 'none'}><b>{name}</b><span>{text ? amount(text) : texts.nothing}</span></div>;
    return <li>
        <div className="dh"><Chip kind={KINDS[closing.state]}>{texts[closing.state]}</Chip><h3>{texts[kind]}</h3><span className="m">{amount(difference.found || difference.expected)}</span></div>
        <p>{texts[`${kind}_is`]}</p>
        <dl className="case-ids">
            {numbers.order_id ? <div><dt>{texts.order}</dt><dd><Link className="mono" href={`/orders/${encodeURIComponent(numbers.order_id)}`}>{numbers.order_id}</Link></dd></div> : null}
            {numbers.transaction_id ? <div><dt>{texts.transaction}</dt><dd><Copy text={numbers.transaction_id} what={texts.transaction}/></dd></div> : null}
            {numbers.refund_no ? <div><dt>{texts.refundNumber}</dt><dd><Copy text={numbers.refund_no} what={texts.refundNumber}/></dd></div> : null}
        </dl>
        <div className="tri3 two">{side(texts.found, difference.found)}{side(texts.expected, difference.expected)}</div>
        {difference.evidence ? <details className="ev"><summary>{texts.evidence(String(difference.line ?? ''))}<Icon name="down" size={14}/></summary><pre>{difference.evidence}</pre></details> : null}
        {closing.state === 'OPEN' ? <div className="prop"><span className="t2">{texts.proposal(texts[of.proposal])}</span>
            {resolve ? <div><button type="button" className="btn line sm" onClick={resolve}>{texts.resolve}</button></div> : null}</div>
            : closing.actor ? <p>{texts.by(closing.actor, closing.act ? actText(texts, closing.act) : '')} {closing.reason ? texts.said(closing.reason) : ''} {closing.at ? <Time at={closing.at}/> : null}</p> : null}
    </li>;
}

const actText = (texts: ReturnType<typeof useTexts<typeof RECONCILE.pairs>>, act: string): string => ACTS.includes(act as Act) ? texts[act as Act] : act;

function Resolve({of, done, close}: {of: Case; done: () => void; close: () => void}) {
    const texts = useTexts(RECONCILE);
    const id = useId();
    const [act, setAct] = useState<Act>(of.kind === 'UnknownToUs' ? 'NOT_OURS' : 'ACCEPTED');
    return <Confirm title={texts.resolveTitle} act={texts.resolveAct} note={texts.resolveNote} about={act} close={close} run={async (reason, key) => {
        await api.other('post', '/api/reconcile/cases/{id}/resolve', {path: {id: of.id}, headers: {'Idempotency-Key': key}, body: {act, reason}});
        done();
    }}>
        <div className="fld">
            <label htmlFor={`${id}act`}>{texts.act}</label>
            <select id={`${id}act`} className="pick" value={act} onChange={event => setAct(event.target.value as Act)}>{ACTS.map(one => <option key={one} value={one}>{texts[one]}</option>)}</select>
        </div>
    </Confirm>;
}
