import {Link} from 'wouter';

import {shownFen} from '../../money';
import {Box, Fact} from '../../parts/Page';
import {REFUND} from '../../parts/refund/dictionary';
import {sums, type PaidPart} from '../../parts/refund/model';
import {Copy, Method, Quota, Time, useMethodName} from '../../parts/shown';
import {supportCode} from '../../numbers';
import {useTexts} from '../../texts';
import {ORDER} from './dictionary';
import {first, payments, type Entry} from './model';
import {shownUnits} from './Story';

/** Beside the timeline: what the order is, and every number of it to copy. */
export function Facts({order, entries, refundable}: {order: string; entries: readonly Entry[]; refundable: readonly PaidPart[]}) {
    const texts = useTexts(ORDER);
    const refunds = useTexts(REFUND);
    const {refunded, underWay, left} = sums(refundable);
    const methodName = useMethodName();
    const created = first(entries, 'OrderCreated')?.data;
    const paid = payments(entries);
    const credited = paid.reduce((total, payment) => total + (payment.credited?.data.quota ?? 0), 0);
    return <aside className="stick" aria-label={texts.facts}>
        {created ? <Box title={texts.order}><dl className="facts">
            <Fact name={texts.user}><Link href={`/orders?${new URLSearchParams({user: created.purchase.user_id})}`}>{created.purchase.user_id}</Link></Fact>
            <Fact name={texts.method}><Method of={created.provider}/></Fact>
            <Fact name={texts.due}>{shownUnits(created.money)}</Fact>
            {paid.length > 0 ? <Fact name={texts.paidMoney}>{paid.map(payment => <div key={payment.transaction}>{shownUnits(payment.money)}</div>)}</Fact> : null}
            <Fact name={texts.lockedQuota}><Quota of={created.purchase.quota}/></Fact>
            {credited > 0 ? <Fact name={texts.creditedQuota}><Quota of={credited}/></Fact> : null}
            {refunded > 0 ? <Fact name={refunds.refunded}>{shownFen(refunded)}</Fact> : null}
            {underWay > 0 ? <Fact name={refunds.underWay}>{shownFen(underWay)}</Fact> : null}
            {left > 0 ? <Fact name={refunds.canRefund}>{shownFen(left)}</Fact> : null}
            <Fact name={texts.placedAt}><Time at={created.created_at} as="full"/></Fact>
            <Fact name={texts.validUntil}><Time at={created.expires_at} as="full"/></Fact>
            <Fact name={texts.account}><span className="mono wrap">{created.merchant.app_id} / {created.merchant.merchant_id}</span></Fact>
        </dl></Box> : null}
        <Box title={texts.numbers}><dl className="facts col">
            <Fact name={texts.number}><Copy text={order} what={texts.number}/></Fact>
            {paid.map(payment => {
                const name = texts.transaction(methodName((payment.confirmed ?? payment.held)!.data.provider)) as string;
                return <Fact key={payment.transaction} name={name}><Copy text={payment.transaction} what={name}/></Fact>;
            })}
            {created ? <Fact name={texts.support}><Copy text={supportCode(order)} what={texts.support}/></Fact> : null}
        </dl></Box>
    </aside>;
}
