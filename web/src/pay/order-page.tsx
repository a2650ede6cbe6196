import {useEffect, useRef, useState} from 'preact/hooks';

import type {OrderView} from '../../target/api';
import {isPhone, useEnv, useNow} from './env';
import {Following, type Followed} from './following';
import {Cashier} from './cashier';
import {askProvider} from './checking';
import {PhoneCashier} from './phone-cashier';
import {Note, Whole} from './parts';
import {place} from './placing';
import {Result} from './result';
import {announcement, view, type Check, type Face} from './view';

/** The faces without a code. */
const RESULTS: readonly Face[] = ['paid', 'credited', 'held', 'refunding', 'partly', 'refunded'];

/** What the views of an order have in common. */
export interface Watched {
    order: OrderView;
    check: Check;
    /** "I have paid". */
    ask: () => void;
    now: number;
}

/** One order, from its code to its credit. */
export function OrderPage({id, started}: {id: string; started: boolean}) {
    const {api, t, place: where, say, happened, keys} = useEnv();
    const [followed, setFollowed] = useState<Followed>({order: null, link: 'connecting', refused: null});
    const [check, setCheck] = useState<Check>({state: 'none'});
    const [asDesktop, setAsDesktop] = useState(false);
    const following = useRef<Following | null>(null);
    const {order, link, refused} = followed;
    const over = order?.status === 'CREDITED';
    useEffect(() => {
        const one = new Following(api, id, setFollowed);
        following.current = one;
        return () => one.end();
    }, [api, id]);
    const now = useNow(api, order !== null && !over);
    useCode(order);
    useEffect(() => {
        if (!order) {
            return;
        }
        if (order.status !== 'NEW' && order.status !== 'AWAITING_PAYMENT') {
            keys().forget({amount: order.amount, method: order.payment_method});
            setCheck({state: 'none'});
        }
        if (order.status === 'CREDITED') {
            following.current?.end();
            happened({type: 'credited', order});
        } else if (order.status === 'CLOSED') {
            happened({type: 'closed', order});
        }
    }, [order?.status]);
    useAnnouncements(order, now);
    const ask = async () => {
        setCheck({state: 'asking'});
        setCheck(await askProvider(api, id, known => following.current?.know(known)));
    };
    if (refused) {
        return refused.status === 401 ? <SignedOut /> : <Whole icon="search" title={t.noSuchOrder} text={t.noSuchOrderHint} alert />;
    }
    if (!order) {
        return <CashierSkeleton offline={link === 'cut'} />;
    }
    const watched: Watched = {order, check, ask: () => void ask(), now};
    const {face} = view(order, now);
    return <>
        <Connection link={link} say={say} />
        {RESULTS.includes(face) ? <Result {...watched} focus />
            : isPhone(where) && !asDesktop ? <PhoneCashier {...watched} started={started} other={() => setAsDesktop(true)} />
            : <Cashier {...watched} started={started} other={isPhone(where) ? () => setAsDesktop(false) : null} />}
    </>;
}

/** An order without a code, after a reload in the middle: its own key asks for the code again. */
function useCode(order: OrderView | null): void {
    const {api, keys} = useEnv();
    useEffect(() => {
        if (order?.status !== 'NEW') {
            return;
        }
        const purchase = {amount: order.amount, method: order.payment_method};
        if (keys().known(purchase) !== null) {
            // Its answer reaches the page as the order's next state.
            place(api, keys(), purchase).catch(() => {});
        }
    }, [order?.order_id, order?.status]);
}

function useAnnouncements(order: OrderView | null, now: number): void {
    const {t, say} = useEnv();
    const before = useRef(Infinity);
    useEffect(() => {
        if (order?.status !== 'AWAITING_PAYMENT') {
            return;
        }
        const {left} = view(order, now);
        const mark = before.current === Infinity ? null : announcement(before.current, left);
        before.current = left;
        if (mark) {
            say(mark === 'one' ? t.lastMinute : t.minutesLeft(5));
        }
    }, [order, now]);
}

/** Says that the connection is lost, and for three seconds that it is back. */
function Connection({link, say}: {link: Followed['link']; say: (text: string) => void}) {
    const {t} = useEnv();
    const [shown, setShown] = useState<'cut' | 'back' | null>(null);
    useEffect(() => {
        if (link === 'cut') {
            // A moment's loss is not worth a word.
            const timer = setTimeout(() => {
                setShown('cut');
                say(t.reconnecting);
            }, 1500);
            return () => clearTimeout(timer);
        }
        if (shown === 'cut') {
            setShown('back');
            say(t.connected);
        }
        const timer = setTimeout(() => setShown(null), 3000);
        return () => clearTimeout(timer);
    }, [link]);
    return <div class="connection">{shown === 'cut' ? <Note tone="warn">{t.reconnecting}</Note> : shown === 'back' ? <Note tone="ok" icon="check">{t.connected}</Note> : null}</div>;
}

export function SignedOut() {
    const {t, offer} = useEnv();
    const merchant = offer?.merchant;
    return <Whole icon="lock" title={t.signedOut} text={t.signedOutHint(merchant?.name ?? null)} alert>
        {merchant?.address && <a class="btn primary lg" href={merchant.address}>{t.back}</a>}</Whole>;
}

function CashierSkeleton({offline}: {offline: boolean}) {
    const {t} = useEnv();
    return offline ? <Whole icon="info" title={t.offline} text={t.offlineHint} alert />
        : <section class="cash card" aria-busy="true"><div class="pane-qr"><span class="sk who-sk" /><span class="frame"><span class="sk qr-sk" /></span></div>
            <div class="pane-st"><h1 class="vh">{t.preparing}</h1><span class="sk line-sk" /><span class="sk line-sk" /></div></section>;
}
