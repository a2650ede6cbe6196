import {useState} from 'react';
import {Link} from 'wouter';

import type {Data} from '../../../api/client';
import {fen, shownFen} from '../../money';
import {useLanguage} from '../../preferences';
import {useTexts} from '../../texts';
import {lasting} from '../../time';
import {Icon} from '../Icon';
import {Method, Money, Quota, Time} from '../shown';
import {Decide} from './Decide';
import {HOLD} from './dictionary';

/** A held payment, as the list of holds has it. */
export type OpenHold = Data<'/api/topup/holds', 'get'>[number];

interface Shown {
    hold: OpenHold;
    now: number;
    /** The caller is an operator and may decide. */
    may: boolean;
    decided: (act: 'credit' | 'refund') => void;
    /** The order's number is shown and leads to its page. */
    linked?: boolean;
}

/** Why it is held, what was due and paid, what crediting gives, how long it has waited, and the two acts. */
export function HoldCard({hold, now, may, decided, linked = false}: Shown) {
    const texts = useTexts(HOLD);
    const language = useLanguage();
    const [act, setAct] = useState<'credit' | 'refund' | null>(null);
    const off = hold.order && hold.currency === 'CNY' ? (fen(hold.money) ?? 0) - (fen(hold.order.money) ?? 0) : 0;
    return <section className="card box held" aria-label={`${texts[hold.reason]} ${hold.transaction_id}`}>
        <div className="hold-head">
            <span className="ic"><Icon name="holds"/></span>
            <div className="tx">
                <h2>{texts[hold.reason]}{off === 0 ? null : <span className="warnc"> {(off < 0 ? texts.short : texts.over)(shownFen(Math.abs(off)))}</span>}</h2>
                <p className="t2">{texts[`${hold.reason}_why`]}</p>
            </div>
            <span className="t3 sm-t nw" title={hold.held_at}>{texts.waited(lasting(now - Date.parse(hold.held_at), language))}</span>
        </div>
        <dl className="hold-facts">
            <div><dt>{texts.due}</dt><dd>{hold.order ? <Money of={hold.order.money}/> : '–'}</dd></div>
            <div><dt>{texts.paid}</dt><dd><b><Money of={hold.money} currency={hold.currency}/></b></dd></div>
            {fen(hold.refunded) === 0 ? null : <div><dt>{texts.refunded}</dt><dd><Money of={hold.refunded} currency={hold.currency}/></dd></div>}
            <div><dt>{texts.gives}</dt><dd>{hold.quota === null ? texts.toSay : <Quota of={Number(hold.quota)}/>}</dd></div>
        </dl>
        <div className="hold-foot">
            <span className="t3 sm-t hold-ids"><Method of={hold.payment_method}/>{linked ? <Link className="mono" href={`/orders/${encodeURIComponent(hold.order_id)}`}>{hold.order_id}</Link>
                : <span className="mono">{hold.transaction_id}</span>}<Time at={hold.held_at}/></span>
            {may ? <span className="hold-acts">
                <button type="button" className="btn line" onClick={() => setAct('refund')}>{texts.refund}</button>
                <button type="button" className="btn line" onClick={() => setAct('credit')}>{texts.credit}</button>
            </span> : null}
        </div>
        {act ? <Decide hold={hold} act={act} decided={() => decided(act)} close={() => setAct(null)}/> : null}
    </section>;
}

