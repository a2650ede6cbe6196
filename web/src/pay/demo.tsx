import {useEffect, useState} from 'preact/hooks';

import {useEnv, type Route} from './env';
import {Icon} from './icons';

/** Who one may be in the demo. Each button is a form of the demo's own, which sets the session and comes back. */
function As({who, order, children, primary}: {who: string; order?: string; children: string; primary?: boolean}) {
    return <form method="post" action="/demo/session"><input type="hidden" name="as" value={who} />{order && <input type="hidden" name="order" value={order} />}<button class={`btn ${primary ? 'primary' : 'line'}`} type="submit">{children}</button></form>;
}

/** The first look at the demo. */
export function DemoStart() {
    const {t} = useEnv();
    return <section class="done-card card"><div class="words"><h1>{t.demo}</h1><p class="t2">{t.demoHint}</p></div>
        <div class="acts demo-acts"><As who="payer-1" primary>{t.asPayer(1)}</As><As who="payer-2">{t.asPayer(2)}</As><As who="operator">{t.asOperator}</As></div></section>;
}

const DISMISSED = 'sluice-guide';

/** The way through a first payment, on every page of the demo until it is dismissed. */
export function DemoBar({signedOut, route}: {signedOut: boolean; route: Route}) {
    const {t} = useEnv();
    const [shown, setShown] = useState(() => localStorage.getItem(DISMISSED) === null);
    const [step, setStep] = useState(0);
    useEffect(() => {
        setStep(before => (route.page === 'order' ? Math.max(before, 1) : before));
    }, [route.page]);
    useEffect(() => {
        const credited = (event: Event) => setStep((event as CustomEvent<string>).detail === 'CREDITED' ? 3 : 2);
        window.addEventListener('sluice-status', credited);
        return () => window.removeEventListener('sluice-status', credited);
    }, []);
    if (signedOut || !shown) {
        return null;
    }
    const dismiss = () => {
        localStorage.setItem(DISMISSED, '1');
        setShown(false);
    };
    return <aside class="guide card" aria-label={t.demoGuide}><div class="guide-head"><h2>{t.demoGuide}</h2>
        <button class="btn quiet sm sq" type="button" aria-label={t.dismiss} onClick={dismiss}><Icon name="close" size={16} /></button></div>
        <ol>{t.demoSteps.map((text, i) => <li key={i} class={i < step ? 'done' : ''} {...(i === step ? {'aria-current': 'step' as const} : {})}><span class="pip">{i < step ? <Icon name="check" size={14} /> : i + 1}</span>{text}</li>)}</ol>
        <div class="guide-acts"><a class="btn line sm" href="/wallet" target="_blank" rel="noopener">{t.openWallet}</a><As who="operator" {...(route.page === 'order' ? {order: route.id} : {})}>{route.page === 'order' ? t.demoTimeline : t.asOperator}</As>
            <As who="payer-2">{t.asPayer(2)}</As><a class="btn quiet sm" href="/demo/host/">{t.hostPage}</a></div></aside>;
}
