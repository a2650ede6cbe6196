import {grouped, shown} from '../../money';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {Confirm, type Change} from '../Confirm';
import {useMethodName} from '../shown';
import {refundsChanged} from '../openRefunds';
import {REFUND} from './dictionary';
import type {Refund, RefundAct, RefundStatus} from './model';

interface Asked {
    refund: Refund;
    act: RefundAct;
    /** The caller requested it: declining it is withdrawing it. */
    own: boolean;
    decided: () => void;
    close: () => void;
}

const BECOMES: Record<RefundAct, RefundStatus> = {approve: 'UNDER_WAY', decline: 'DECLINED', take: 'QUOTA_TAKEN', keep: 'QUOTA_KEPT'};

/** Asks before a refund is approved, declined, or decided about, and shows what that does. */
export function DecideRefund({refund, act, own, decided, close}: Asked) {
    const texts = useTexts(REFUND);
    const method = useMethodName()(refund.payment.payment_method);
    const money = shown(refund.money);
    const withdraw = act === 'decline' && own;
    const title = withdraw ? texts.withdrawTitle : texts[`${act}Title`];
    const button = {approve: texts.doApprove, decline: withdraw ? texts.doWithdraw : texts.doDecline, take: texts.doTake, keep: texts.doKeep}[act](money) as string;
    const note = act === 'approve' ? texts.approveNote(method) : texts[`${act}Note`];
    const changes: Change[] = [
        {what: texts.state, now: texts[refund.state.status], then: texts[BECOMES[act]]},
        ...act === 'decline' && refund.quota ? [{what: texts.quotaOf(refund.quota.user_id) as string, now: grouped(String(refund.quota.quota)), then: '0'}] : [],
    ];
    return <Confirm title={title} danger={act === 'approve' || act === 'take'} act={button} after={texts.afterAct} note={note} changes={changes} close={close} run={async (reason, key) => {
        const asked = {path: {orderId: refund.payment.order_id, refundNumber: refund.refund_number}, headers: {'Idempotency-Key': key}};
        await (act === 'take' || act === 'keep' ? api.post('/api/topup/{orderId}/refunds/{refundNumber}/resolve', {...asked, body: {quota: act, reason}})
            : api.post(act === 'approve' ? '/api/topup/{orderId}/refunds/{refundNumber}/approve' : '/api/topup/{orderId}/refunds/{refundNumber}/decline', {...asked, body: {reason}}));
        refundsChanged();
        decided();
    }}/>;
}
