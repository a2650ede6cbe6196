import {useEffect, useMemo, useRef, useState} from 'preact/hooks';

import {Refusal, Unreachable} from '../api/client';
import type {AmountPrice, Offer} from '../../target/api';
import {isPhone, useEnv} from './env';
import {Icon, Mark} from './icons';
import {amountText, discount, grouped, quotaText, sign, yuan} from './money';
import {Money, Note, Whole} from './parts';
import {PlacingFailure, usePlacing} from './placing-view';
import {Prices, typedAmount, type Price} from './prices';
import {methodName, type Texts} from './texts';

/** The form: an amount, a method, a button. */
export function TopUp() {
    const {t, offer} = useEnv();
    if (!offer) {
        return <TopUpSkeleton />;
    }
    return offer.methods.some(method => method.offered) ? <Form offer={offer} /> : <Whole icon="info" title={t.allPaused} text={t.allPausedHint} />;
}

function Form({offer}: {offer: Offer}) {
    const {t, place, embedded, balance} = useEnv();
    const methods = useMemo(() => ordered(offer.methods, isPhone(place)), [offer, place]);
    const [method, setMethod] = useState(() => methods.find(one => one.offered)!.type);
    const chosen = methods.find(one => one.type === method && one.offered) ?? methods.find(one => one.offered)!;
    const [picked, setPicked] = useState<number | null>(() => offer.amount_options[0] ?? null);
    const [typed, setTyped] = useState('');
    const amount = picked ?? typedAmount(typed);
    const cards = useCards(offer, chosen.type);
    const {price, again} = usePrice(amount, chosen.type, picked === null, cards.known(amount));
    const placing = usePlacing();
    const payable = price?.state === 'known' && price.price.amount === amount && price.price.money !== null ? price.price : null;
    const shown = lastOf(price ?? undefined);

    const pay = (event: Event) => {
        event.preventDefault();
        if (payable && amount !== null && !placing.busy && placing.wait === 0) {
            void placing.place({amount, method: chosen.type});
        }
    };
    const label = placing.busy ? (placing.attempt > 1 ? t.retrying(placing.attempt) : t.preparing) : payable ? t.pay(yuan(payable.money!)) : amount !== null && price?.state === 'asking'
        ? t.pricing : t.continue;
    const button = (wide: boolean) => <button class={`btn primary lg ${wide ? 'wide' : ''}`} type="submit" aria-disabled={!payable || placing.busy || placing.wait > 0}
        aria-busy={placing.busy}>{placing.wait > 0 ? placing.waitText : wide ? label : placing.busy ? label : t.continue}</button>;
    return <form class={embedded ? 'buy el' : 'buy haspay'} onSubmit={pay} noValidate>
        <div class="form">
            {!embedded && <div class="head"><h1>{t.heading}</h1><Credited offer={offer} /></div>}
            {embedded && balance && <p class="bal"><small>{t.balance}</small><b>{balance}</b></p>}
            <Amounts offer={offer} cards={cards} picked={picked} typed={typed} price={price} least={chosen.min_topup}
                pick={value => { setPicked(value); setTyped(''); }} type={text => { setTyped(text); setPicked(null); }} />
            <Methods offer={offer} methods={methods} chosen={chosen.type} amount={amount} choose={setMethod} raise={value => { setPicked(null); setTyped(String(value)); }} />
        </div>
        <aside class="sum card" aria-label={t.summary}>
            <p class="due"><small>{t.due}</small><output class={`big ${payable ? '' : 'stale'}`} aria-live="polite">{shown?.money ? <Money text={yuan(shown.money)} /> : <span class="sk due-sk" />}</output></p>
            <Facts offer={offer} price={shown} stale={!payable} />
            <PriceTrouble price={price} again={again} />
            <PlacingFailure placing={placing} method={chosen.type} others={methods.filter(one => one.offered && one.type !== chosen.type).map(one => one.type)} use={setMethod} />
            {button(true)}
            <p class="trust"><Icon name="lock" size={16} /><span>{t.trust(offer.expire_minutes)}</span></p>
        </aside>
        {!embedded && <div class="paybar"><p><small>{t.due}</small><b class={payable ? '' : 'stale'}>{shown?.money ? yuan(shown.money) : '—'}</b></p>{button(false)}</div>}
    </form>;
}

/** On a phone what can be paid there stands first. */
function ordered(methods: Offer['methods'], phone: boolean): Offer['methods'] {
    return phone ? [...methods].sort((a, b) => Number(b.type === 'alipay') - Number(a.type === 'alipay')) : methods;
}

interface Cards {
    prices: ReadonlyMap<number, AmountPrice>;
    known: (amount: number | null) => AmountPrice | null;
}

/** The prices of all amounts that are cards, in one request. */
function useCards(offer: Offer, method: string): Cards {
    const {api} = useEnv();
    const [prices, setPrices] = useState<{method: string; of: ReadonlyMap<number, AmountPrice>}>({method: '', of: new Map()});
    useEffect(() => {
        if (offer.amount_options.length === 0) {
            return undefined;
        }
        const stop = new AbortController();
        api.post('/api/user/prices', {body: {amounts: offer.amount_options, payment_method: method}, signal: stop.signal})
            .then(all => setPrices({method, of: new Map(all.map(price => [price.amount, price]))}), () => {});
        return () => stop.abort();
    }, [offer, method]);
    const of = prices.of;
    return {prices: of, known: amount => (prices.method === method && amount !== null ? of.get(amount) ?? null : null)};
}

/** The price of what is chosen: known from the cards, or asked. */
function usePrice(amount: number | null, method: string, typing: boolean, known: AmountPrice | null): {price: Price | null; again: () => void} {
    const {api} = useEnv();
    const [entry, setEntry] = useState<{of: string; price: Price} | null>(null);
    const [round, setRound] = useState(0);
    const now = useRef(method);
    now.current = method;
    const setPrice = (price: Price | null) => setEntry(price && {of: now.current, price});
    const asker = useMemo(() => new Prices(async (wanted, by, signal) => {
        const [answer] = await api.post('/api/user/prices', {body: {amounts: [wanted], payment_method: by}, signal});
        return answer!;
    }, setPrice), [api]);
    useEffect(() => {
        if (known) {
            asker.end();
            setPrice({state: 'known', price: known});
        } else if (amount === null || Number.isNaN(amount)) {
            asker.end();
            setPrice(null);
        } else if (typing || round > 0) {
            asker.choose(amount, method, typing);
        } else {
            setEntry(before => ({of: method, price: {state: 'asking', last: lastOf(before?.price)}}));
            // The cards are being asked; when that fails, this asks for itself.
            const timer = setTimeout(() => asker.choose(amount, method, false), 1500);
            return () => clearTimeout(timer);
        }
        return undefined;
    }, [amount, method, typing, known, round]);
    useEffect(() => () => asker.end(), [asker]);
    // What was asked for another method is an old price at once, not one render later.
    const price: Price | null = entry === null || entry.of === method ? entry?.price ?? null : {state: 'asking', last: lastOf(entry.price)};
    return {price, again: () => setRound(round + 1)};
}

function lastOf(price: Price | undefined): AmountPrice | null {
    return price === undefined ? null : price.state === 'known' ? price.price : price.last;
}

function Credited({offer}: {offer: Offer}) {
    const {api, t, balance} = useEnv();
    const [quota, setQuota] = useState<number | null>(null);
    useEffect(() => {
        const stop = new AbortController();
        api.get('/api/user/quota', {signal: stop.signal}).then(answer => setQuota(answer.quota), () => {});
        return () => stop.abort();
    }, [api]);
    return <p class="bal"><small>{balance ? t.balance : t.creditedSoFar}</small><b>{balance ?? (quota === null ? <span class="sk bal-sk" /> : quotaText(quota, offer))}</b></p>;
}

function Amounts({offer, cards, picked, typed, price, least, pick, type}: {offer: Offer; cards: Cards; picked: number | null; typed: string; price: Price | null;
    least: number; pick: (amount: number) => void; type: (text: string) => void}) {
    const {t} = useEnv();
    const trouble = picked === null ? fieldTrouble(typed, price, least, offer, t) : null;
    const field = useRef<HTMLInputElement>(null);
    return <fieldset class="sec"><legend class="lab"><span>{t.amount}</span><small>{t.rate(yuan(String(offer.price)), amountText(sign(offer) ? 1 : offer.quota_per_unit, offer))}</small></legend>
        <div class="amts">{offer.amount_options.map(amount => {
            const known = cards.prices.get(amount);
            const off = known !== undefined && known.money === null;
            const less = discount(Number(offer.discount[String(amount)] ?? 1));
            return <label key={amount} class={`amt ${off ? 'off' : ''}`}>
                <input type="radio" name="amount" value={amount} checked={picked === amount} disabled={off} onChange={() => pick(amount)} />
                <span class="q">{amountText(amount, offer)}{less && <span class="tag">{t.off(less.percent, less.fold)}</span>}</span>
                <span class="p">{known ? known.money === null ? known.reason : yuan(known.money) : <span class="sk p-sk" />}</span>
                {known?.saved && Number(known.saved) > 0 && <span class="s">{t.save(yuan(known.saved))}</span>}
            </label>;
        })}</div>
        <label class={`free ${trouble ? 'wrong' : ''}`} onClick={() => field.current?.focus()}>
            {sign(offer) && <span class="t2" aria-hidden="true">{sign(offer)}</span>}
            <input ref={field} inputMode="numeric" autocomplete="off" maxLength={20} placeholder={t.otherAmountHint} aria-label={t.otherAmount} value={typed}
                aria-invalid={trouble !== null} aria-describedby="free-hint" onInput={event => type(event.currentTarget.value)} />
            <span id="free-hint" class={trouble ? 'price badc' : 'price'} aria-live="polite">{trouble ?? freePrice(picked, typed, price) ?? t.from(amountText(least, offer))}</span>
        </label>
    </fieldset>;
}

/** The price beside the field; an old one is not shown there. */
function freePrice(picked: number | null, typed: string, price: Price | null): string | null {
    return picked === null && typed !== '' && price?.state === 'known' && price.price.money !== null ? yuan(price.price.money) : null;
}

function fieldTrouble(typed: string, price: Price | null, least: number, offer: Offer, t: Texts): string | null {
    if (Number.isNaN(typedAmount(typed))) {
        return t.wholeNumber;
    }
    if (price?.state !== 'known' || price.price.money !== null) {
        return null;
    }
    switch (price.price.code) {
        case 'AMOUNT_BELOW_MINIMUM':
            return t.atLeast(amountText(least, offer));
        case 'AMOUNT_TOO_LARGE':
            return t.tooLarge;
        case 'PRICE_TOO_LOW':
            return t.tooLittle;
        default:
            return price.price.reason;
    }
}

function Methods({offer, methods, chosen, amount, choose, raise}: {offer: Offer; methods: Offer['methods']; chosen: string; amount: number | null;
    choose: (method: string) => void; raise: (amount: number) => void}) {
    const {t, place} = useEnv();
    const hint = (type: string, least: string) => (!isPhone(place) ? t.scanToPay(least) : type === 'alipay' ? t.onThisPhone(least) : t.otherScreen(least));
    return <fieldset class="sec"><legend class="lab"><span>{t.payWith}</span></legend>
        <div class="ways">{methods.map(method => {
            const name = methodName(t, method.type, method.name);
            const other = methods.find(one => one.offered && one.type !== method.type);
            const least = amountText(method.min_topup, offer);
            const below = method.offered && amount !== null && amount < method.min_topup;
            return <label key={method.type} class={`way ${method.offered ? '' : 'off'}`}>
                <input type="radio" name="method" value={method.type} checked={method.offered && method.type === chosen} disabled={!method.offered}
                    onChange={() => { choose(method.type); if (below) { raise(method.min_topup); } }} />
                <Mark method={method.type} />
                <span class="tx"><b>{name}</b><small>{!method.offered ? t.paused(name, other ? methodName(t, other.type, other.name) : null)
                    : below ? t.belowMinimum(least) : hint(method.type, least)}</small></span><i class="dot" />
            </label>;
        })}</div>
    </fieldset>;
}

function Facts({offer, price, stale}: {offer: Offer; price: AmountPrice | null; stale: boolean}) {
    const {t} = useEnv();
    const saved = price?.saved && Number(price.saved) > 0 ? t.save(yuan(price.saved)) : null;
    return <dl class={`facts ${stale ? 'stale' : ''}`}>
        <div><dt>{t.youGet}</dt><dd>{price?.quota ? <>{quotaText(price.quota, offer)}{sign(offer) && <span class="t3"> · {grouped(price.quota)}</span>}</> : '—'}</dd></div>
        <div><dt>{t.unitPrice}</dt><dd>{yuan(String(offer.price))} / {amountText(sign(offer) ? 1 : offer.quota_per_unit, offer)}</dd></div>
        <div><dt>{t.discount}</dt><dd class={saved ? 'okc' : 't3'}>{saved ?? t.none}</dd></div>
    </dl>;
}

function PriceTrouble({price, again}: {price: Price | null; again: () => void}) {
    const {t} = useEnv();
    if (price?.state !== 'failed') {
        return null;
    }
    const text = price.reason instanceof Unreachable && !navigator.onLine ? t.offlineHint : price.reason instanceof Refusal ? price.reason.message : t.noPriceHint;
    return <Note tone="warn" role="alert" title={t.noPrice}>{text} <button class="link" type="button" onClick={again}>{t.retry}</button></Note>;
}

/** As large as what comes. */
export function TopUpSkeleton() {
    const {t, embedded} = useEnv();
    return <div class={embedded ? 'buy el' : 'buy'} aria-busy="true"><div class="form">
        {!embedded && <div class="head"><h1>{t.heading}</h1></div>}
        <div class="sec"><span class="lab">{t.amount}</span><div class="amts">{[0, 1, 2, 3, 4, 5].map(i => <span key={i} class="amt sk" />)}</div><span class="free sk" /></div>
        <div class="sec"><span class="lab">{t.payWith}</span><div class="ways"><span class="way sk" /><span class="way sk" /></div></div>
    </div><div class="sum card" /></div>;
}
