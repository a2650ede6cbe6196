import type {ReactNode} from 'react';

import {grouped, shownFen} from '../../money';
import type {OpenHold} from '../../parts/hold/HoldCard';
import {useLanguage} from '../../preferences';
import {api} from '../../session';
import {useTexts} from '../../texts';
import {lasting} from '../../time';
import {HOME} from './dictionary';
import {allWaiting, conversion, days, METHODS, total, type Figures} from './figures';

const WEEK = 7;
const MONTH = 30;

function Kpi({name, beside, value, children}: {name: string; beside: ReactNode; value: ReactNode; children: ReactNode}) {
    return <section className="card box kpi" aria-label={name}><small><span>{name}</span><span>{beside}</span></small><span className="v">{value}</span>{children}</section>;
}

/** The four figures: money, time, orders, what waits. */
export function FigureCards({figures, holds}: {figures: Figures; holds: readonly OpenHold[]}) {
    return <div className="grid g4"><Today figures={figures}/><Delay figures={figures}/><Paid figures={figures}/><Waits figures={figures} holds={holds}/></div>;
}

function Today({figures}: {figures: Figures}) {
    const texts = useTexts(HOME);
    const [yesterday, today] = [days(figures, 2).slice(0, 1), days(figures, 1)];
    return <Kpi name={texts.creditedToday} beside={texts.yesterday(shownFen(total(yesterday)))} value={shownFen(total(today))}>
        <div className="split">{METHODS.map(method => <i key={method} className={total(today) === 0 ? 'none' : ''} style={{flex: total(today) === 0 ? 1 : total(today, method)}}/>)}</div>
        <div className="lg2">{METHODS.map(method => <span key={method} title={shownFen(total(today, method))}><i className={`sq8 ${method === 'alipay' ? 'b' : ''}`}/>{texts[`${method}Short`]} {grouped(String(Math.floor(total(today, method) / 100)))}</span>)}</div>
    </Kpi>;
}

function Delay({figures}: {figures: Figures}) {
    const texts = useTexts(HOME);
    const language = useLanguage();
    const any = figures.days.some(row => row.day === figures.today && row.status === 'CREDITED');
    const within = (seconds: number | null) => seconds === null ? texts.over : String(texts.within(seconds < 60 ? `${seconds} ${language === 'en' ? 's' : '秒'}` : lasting(seconds * 1_000, language)));
    const number = (seconds: unknown) => seconds === null || seconds === undefined ? null : Number(seconds);
    const {half_within: half, nearly_all_within: nearly} = figures.credited_today;
    const ever = number(figures.credited_in_all.nearly_all_within);
    return <Kpi name={texts.delay} beside={texts.today} value={any ? within(number(half)) : '–'}>
        <div className="f"><span>{any ? texts.nearly(within(number(nearly))) : texts.noCredits}</span>{ever === null ? null : <span className="t3">{texts.ever(within(ever))}</span>}</div>
    </Kpi>;
}

function Paid({figures}: {figures: Figures}) {
    const texts = useTexts(HOME);
    const month = days(figures, MONTH).map(day => day.day);
    const week = month.slice(-WEEK);
    const {paid, ended, share} = conversion(figures, week[0]!, figures.today);
    const shares = month.map(day => conversion(figures, day, day).share);
    return <Kpi name={texts.conversion} beside={texts.week} value={share === null ? '–' : `${share}%`}>
        <div className="f"><span title={texts.endedHint}>{share === null ? texts.noEnded : texts.ofEnded(grouped(String(paid)), grouped(String(ended)))}</span><Spark of={shares}/></div>
    </Kpi>;
}

function Waits({figures, holds}: {figures: Figures; holds: readonly OpenHold[]}) {
    const texts = useTexts(HOME);
    const language = useLanguage();
    const {orders, fen, oldest} = allWaiting(figures, holds);
    return <Kpi name={texts.waiting} beside={texts.now} value={<span className={fen > 0 ? 'warnc' : ''}>{shownFen(fen)}</span>}>
        <div className="f"><span>{orders === 0 || oldest === null ? texts.noneWaits : texts.waits(orders, lasting(api.now() - Date.parse(oldest), language))}</span></div>
    </Kpi>;
}

const SPARK = {width: 104, height: 32, edge: 3, around: 4};

/** How shares of a hundred went; days without one are passed over. */
function Spark({of}: {of: readonly (number | null)[]}) {
    const known = of.filter(share => share !== null);
    const low = Math.max(0, Math.min(...known) - SPARK.around);
    const high = Math.min(100, Math.max(...known) + SPARK.around);
    const points = of.flatMap((share, at) => share === null ? [] : [[SPARK.edge + at / Math.max(1, of.length - 1) * (SPARK.width - 2 * SPARK.edge),
        SPARK.height - SPARK.edge - (share - low) / (high - low) * (SPARK.height - 2 * SPARK.edge)] as const]);
    const last = points.at(-1);
    return points.length < 2 || !last ? null : <svg className="spark" width={SPARK.width} height={SPARK.height} viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} aria-hidden="true">
        <path d={`M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(' ')}`}/><circle cx={last[0]} cy={last[1]} r="2.5"/>
    </svg>;
}
