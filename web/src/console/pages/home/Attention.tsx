import type {ReactNode} from 'react';
import {Link} from 'wouter';

import {shownFen, sum} from '../../money';
import {Icon, type IconName} from '../../parts/Icon';
import type {OpenHold} from '../../parts/hold/HoldCard';
import type {Refund} from '../../parts/refund/model';
import {useLanguage} from '../../preferences';
import {api, useSession} from '../../session';
import {useTexts} from '../../texts';
import {lasting} from '../../time';
import {HOME} from './dictionary';
import {heldMoney, waiting, type Figures} from './figures';
import type {Alerts} from './load';
import type {Check} from './useDoctor';

/** A payment that waits longer than this for its quota is worth a look. */
export const SLOW_MS = 60_000;

/** These say what the list of holds says. */
const ABOUT_HOLDS: readonly string[] = ['NewHold', 'HoldOpen'];

interface Thing {
    key: string;
    icon: IconName;
    bad?: boolean;
    title: ReactNode;
    hint: ReactNode;
    to: string;
    act: string;
}

interface Shown {
    figures: Figures;
    holds: readonly OpenHold[];
    refunds: readonly Refund[];
    firing: Alerts['firing'] | null;
    checks: readonly Check[];
}

/** What needs a person, first of all; or that nothing does. */
export function Attention({figures, holds: open, refunds, firing, checks}: Shown) {
    const texts = useTexts(HOME);
    const language = useLanguage();
    const session = useSession();
    const operator = session.state === 'in' && session.self.roles.includes('operator');
    const since = (at: string) => lasting(api.now() - Date.parse(at), language);
    const held = heldMoney(open);
    const paid = waiting(figures, 'PAID');
    const failed = checks.filter(check => check.verdict === 'FAILED');
    const holds = Number(figures.open_holds);
    // Of what waits, the server's own alert says more.
    const slow = firing === null && paid.oldest !== null && api.now() - Date.parse(paid.oldest) > SLOW_MS;
    const things: Thing[] = [
        ...holds > 0 ? [{key: 'holds', icon: 'holds' as const, title: texts.holds(Math.max(holds, open.length), shownFen(held.fen)), hint: held.oldest ? texts.holdsHint(since(held.oldest)) : texts.holdsBare,
            to: '/holds', act: operator ? texts.decide : texts.look}] : [],
        ...refunds.length > 0 ? [{key: 'refunds', icon: 'back' as const, title: texts.refunds(refunds.length, shownFen(sum(refunds.map(refund => refund.money)))),
            hint: texts.refundsHint(since(refunds[0]!.state.since)), to: '/refunds', act: operator ? texts.decide : texts.look}] : [],
        ...slow ? [{key: 'slow', icon: 'warn' as const, bad: true, title: texts.slow(paid.orders, shownFen(paid.fen)), hint: texts.slowHint(since(paid.oldest!)),
            to: '/orders?status=PAID', act: texts.seeOrders}] : [],
        ...failed.length > 0 ? [{key: 'doctor', icon: 'doctor' as const, bad: true, title: texts.failed(failed.length), hint: failed[0]!.cause, to: '/doctor', act: texts.seeDoctor}] : [],
        ...(firing ?? []).filter(alert => !ABOUT_HOLDS.includes(alert.name)).map(alert => ({
            key: alert.name, icon: 'alerts' as const, bad: alert.severity === 'critical', title: alert.summary, hint: alert.remedy, to: '/alerts', act: texts.seeAlerts})),
    ];
    return <section aria-labelledby="needs">
        <h2 id="needs" className="vh">{texts.needs}</h2>
        <ul className="att card">{things.length === 0
            ? <li><span className="ic ok"><Icon name="check"/></span><div className="tx"><b>{texts.calm}</b><p>{texts.calmHint}</p></div></li>
            : things.map(thing => <li key={thing.key}>
                <span className={`ic ${thing.bad ? 'bad' : ''}`}><Icon name={thing.icon}/></span>
                <div className="tx"><b>{thing.title}</b><p>{thing.hint}</p></div>
                <Link className="btn line sm" href={thing.to}>{thing.act}</Link>
            </li>)}</ul>
    </section>;
}
