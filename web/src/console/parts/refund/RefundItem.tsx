import {useId, useState} from 'react';
import {Link} from 'wouter';

import {grouped, shown} from '../../money';
import {useSession} from '../../session';
import {useTexts, type Texts} from '../../texts';
import {Chip, Copy, Method, Time} from '../shown';
import {DecideRefund} from './DecideRefund';
import {REFUND} from './dictionary';
import {offered, type Refund, type RefundAct, type RefundStatus} from './model';
import './refund.css';

const KINDS: Record<RefundStatus, string> = {REQUESTED: 'info', WAITING: 'warn', UNDER_WAY: 'info', DECLINED: '', REFUSED: 'bad', FAILED: 'bad', REFUNDED: 'ok', AT_PROVIDER: 'warn',
    FOUND: 'warn', QUOTA_TAKEN: '', QUOTA_KEPT: ''};
const TAKEN: readonly RefundStatus[] = ['REFUNDED', 'AT_PROVIDER', 'QUOTA_TAKEN'];
const RESERVED: readonly RefundStatus[] = ['WAITING', 'UNDER_WAY'];

/** Why a refund came to nothing, in words where it is the ledger's code. */
export function codeText(texts: Texts<typeof REFUND.pairs>, code: string): string {
    return code === '' ? '' : String(code in texts ? texts[code as 'QUOTA_SPENT'] : texts.code(code));
}

/** A refund: its state and money, who asked for it and why, what was decided, and what the caller can do. */
export function RefundItem({refund, decided, linked = false}: {refund: Refund; decided: () => void; linked?: boolean}) {
    const texts = useTexts(REFUND);
    const {status, code, since} = refund.state;
    const quota = refund.quota ? grouped(String(refund.quota.quota)) : null;
    return <li className="ref">
        <div className="ref-head">
            <Chip kind={KINDS[status]}>{texts[status]}</Chip>
            <b className="nw">{shown(refund.money)}</b>
            {quota && TAKEN.includes(status) ? <span className="t2 sm-t">{texts.took(quota)}</span> : quota && RESERVED.includes(status) ? <span className="t2 sm-t">{texts.takes(quota)}</span> : null}
            <span className="t3 sm-t ref-at"><Time at={since}/></span>
        </div>
        <p className="t2">{texts[`${status}_is`]}{code ? <> {codeText(texts, code)}</> : ''}</p>
        <ul className="ref-who">
            <li>{refund.requested ? <>{texts.by(refund.requested.actor)} · <Time at={refund.requested.at}/> {texts.said(refund.requested.reason)}</> : texts.byProvider}</li>
            {refund.decided ? <li>{texts.decidedBy(refund.decided.actor)} · <Time at={refund.decided.at}/> {texts.said(refund.decided.reason)}</li> : null}
        </ul>
        <div className="ref-foot">
            <span className="t3 sm-t ref-ids">{linked ? <><Method of={refund.payment.payment_method}/><Link className="mono" href={`/orders/${encodeURIComponent(refund.payment.order_id)}`}>{refund.payment.order_id}</Link></>
                : <>{texts.number} <Copy text={refund.refund_number} what={texts.number}/></>}</span>
            <Acts refund={refund} decided={decided}/>
        </div>
    </li>;
}

function Acts({refund, decided}: {refund: Refund; decided: () => void}) {
    const texts = useTexts(REFUND);
    const session = useSession();
    const id = useId();
    const [act, setAct] = useState<RefundAct | null>(null);
    const self = session.state === 'in' ? session.self : null;
    const acts = offered(refund, self);
    const own = refund.requested !== null && refund.requested.actor === self?.user;
    if (acts.length === 0) {
        return null;
    }
    return <div className="ref-acts">
        {acts.some(one => one.off) ? <p className="t3 sm-t" id={id}>{texts.own}</p> : null}
        {acts.map(one => <button key={one.act} type="button" className="btn line sm" disabled={one.off !== undefined} aria-describedby={one.off ? id : undefined}
            onClick={() => setAct(one.act)}>{one.act === 'decline' && own ? texts.withdraw : texts[one.act]}</button>)}
        {act ? <DecideRefund refund={refund} act={act} own={own} decided={decided} close={() => setAct(null)}/> : null}
    </div>;
}
